import type { DataflowDocument, Pair } from '../document/model.js';
import type { PlannedPair } from './build-plan.js';
import type { Check, NotTestable, SentenceCoverage } from './check.js';
import { BACK_EMITTERS } from './forms/back.js';
import { toCheck, type FormContext } from './forms/draft.js';
import type { SyncPlan } from './plan.js';

const SAID_TWICE: NotTestable = {
  reason: 'the sentence is said twice in its section',
  remedy: 'delete one of them',
};

/**
 * Compiles the sentences of the reverse document: its own checks begin on side b; that linked records stay in step is
 * said by both documents, and the checks of the first one stand for it too.
 */
export function compileBack(
  reverse: DataflowDocument | null,
  pairs: PlannedPair[],
  plan: SyncPlan,
  forward: SentenceCoverage[],
): { checks: Check[]; coverage: SentenceCoverage[] } {
  const checks: Check[] = [];
  const coverage: SentenceCoverage[] = [];
  const byBack = new Map(pairs.map((planned) => [planned.back, planned]));
  for (const pair of reverse?.pairs ?? []) {
    const planned = byBack.get(pair);
    if (planned === undefined) coverage.push(...open(pair, pairs));
    else compileSection(planned, pair, plan, forward, checks, coverage);
  }
  return { checks, coverage };
}

function compileSection(
  planned: PlannedPair,
  back: Pair,
  plan: SyncPlan,
  forward: SentenceCoverage[],
  checks: Check[],
  coverage: SentenceCoverage[],
): void {
  const taken = new Set<string>();
  for (const sentence of back.sentences) {
    const context: FormContext = {
      planned,
      systems: plan.systems,
      entity: planned.entity,
      sentence,
      isFirst: false,
      document: 'reverse',
    };
    const own = [...BACK_EMITTERS[sentence.form](context)]
      .map((draft) => toCheck(context, draft))
      .filter((check) => !taken.has(check.id));
    for (const check of own) taken.add(check.id);
    checks.push(...own);
    const shared = sentence.form === 'keep-in-sync' ? sameSentence(forward, planned) : [];
    const tested = shared.length > 0 || own.some((check) => check.notTestable === null);
    coverage.push({
      pair: planned.plan.slug,
      form: sentence.form,
      document: 'reverse',
      line: sentence.span.line,
      sentence: sentence.text,
      checks: [...own.map((check) => check.id), ...shared],
      reason: tested ? null : (own[0]?.notTestable ?? SAID_TWICE),
    });
  }
}

/** Checks of the first document's own sentence that linked records of the pair stay in step. */
const sameSentence = (forward: SentenceCoverage[], { plan }: PlannedPair): string[] =>
  forward.filter((one) => one.pair === plan.slug && one.form === 'keep-in-sync').flatMap((one) => one.checks);

function open(pair: Pair, pairs: PlannedPair[]): SentenceCoverage[] {
  const first = pairs.find(({ back }) => back?.heading.line === pair.repeatOf);
  const reason: NotTestable =
    first === undefined
      ? {
          reason: `the first document holds no section ${pair.target.display} to ${pair.source.display} that this one could be the reverse of`,
          remedy: 'run the reverse document as the first one too',
        }
      : {
          reason: `repeats the section at line ${pair.repeatOf}, which is checked`,
          remedy: 'delete the repeated section',
        };
  return pair.sentences.map((sentence) => ({
    pair: first?.plan.slug ?? pair.headingText,
    form: sentence.form,
    document: 'reverse',
    line: sentence.span.line,
    sentence: sentence.text,
    checks: [],
    reason,
  }));
}
