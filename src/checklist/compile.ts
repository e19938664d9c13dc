import type { DataflowDocument, Diagnostic, Pair } from '../document/model.js';
import { compareDirections } from '../document/contradictions.js';
import { answeredByProfile } from './answered.js';
import { compileBack } from './compile-back.js';
import { buildPlan, type PlanInput, type PlannedPair } from './build-plan.js';
import type { Check, NotTestable, SentenceCoverage } from './check.js';
import {
  connectedDrafts,
  createMissingDrafts,
  mergeDrafts,
  mergeExistingDrafts,
  whenDrafts,
} from './forms/conditional.js';
import { linkFirstDrafts } from './forms/link-first.js';
import { creationDrafts } from './forms/creation.js';
import { toCheck, type Emitters, type FormContext } from './forms/draft.js';
import { keepInSyncDrafts } from './forms/keep-in-sync.js';
import { propertyDrafts } from './forms/properties.js';
import { withFallen, withoutVersions } from './limits.js';
import type { PairPlan, SyncPlan } from './plan.js';
import { replacedMerges } from './replaced-merges.js';

export type CompiledPair = {
  slug: string;
  source: string;
  target: string;
  line: number;
  owner: string | null;
};
export type CompiledChecklist = {
  document: DataflowDocument;
  plan: SyncPlan;
  pairs: CompiledPair[];
  checks: Check[];
  coverage: SentenceCoverage[];
  diagnostics: Diagnostic[];
};

/** What each sentence form is compiled to; a form without an emitter does not type-check. */
const EMITTERS: Emitters = {
  'sync-every': creationDrafts,
  'sync-when': whenDrafts,
  'link-first': linkFirstDrafts,
  'create-connected': connectedDrafts,
  'merge-on': mergeDrafts,
  'merge-existing': mergeExistingDrafts,
  'create-missing': createMissingDrafts,
  'keep-in-sync': keepInSyncDrafts,
  properties: propertyDrafts,
};

/** Compiles a document to its checks; every sentence has checks or a reason. Errors: `InputError` for the profile. */
export function compile(input: PlanInput): CompiledChecklist {
  const compiled = compileWith(input);
  const { a, b } = compiled.plan.systems;
  const isLimited = [a, b].some(({ entities }) =>
    entities.some((entity) => entity.fields.some((field) => field.readOnly === true)),
  );
  const found = input.capabilities ?? [];
  const whole = isLimited ? withFallen(compiled, compileWith({ ...input, isOpen: true }), found) : compiled;
  return found.length === 0 ? whole : withoutVersions(whole, found);
}

function compileWith(input: PlanInput): CompiledChecklist {
  const { plan, pairs } = buildPlan(input);
  const checks: Check[] = [];
  const coverage: SentenceCoverage[] = [];
  const byPair = new Map(pairs.map((planned) => [planned.pair, planned]));
  const byLine: ByLine = new Map(pairs.map((planned) => [planned.pair.heading.line, planned]));
  const first = representativeOf(plan);
  for (const pair of input.document.pairs) {
    const planned = byPair.get(pair);
    if (planned === undefined) for (const one of repeated(pair, byLine)) coverage.push(one);
    else compilePair(planned, { plan, first }, checks, coverage);
  }
  const back = compileBack(input.reverse, pairs, plan, coverage);
  for (const check of back.checks) checks.push(check);
  for (const one of back.coverage) coverage.push(one);
  const contradictions = input.reverse === null ? [] : compareDirections(input.document, input.reverse);
  return {
    document: input.document,
    plan,
    pairs: pairs.map(toPairRecord),
    checks,
    coverage,
    diagnostics: [
      ...answeredByProfile(input.document.diagnostics, pairs),
      ...contradictions,
      ...replacedMerges(pairs),
    ],
  };
}

/** What is the same for every pair. */
type Shared = { plan: SyncPlan; first: PairPlan | undefined };
/** The sections that are planned, by the lines of their headings; none is a repeated one. */
type ByLine = Map<Pair['repeatOf'], PlannedPair>;

const toPairRecord = ({ pair, plan, profile }: PlannedPair): CompiledPair => ({
  slug: plan.slug,
  source: pair.source.display,
  target: pair.target.display,
  line: pair.heading.line,
  owner: profile?.owner ?? null,
});

/**
 * The pair by which the systems as such are checked: the one whose records come about most easily; of several the same
 * in whatever order the sections stand.
 */
function representativeOf({ pairs }: SyncPlan): PairPlan | undefined {
  return pairs.toSorted(
    (one, other) => effortOf(one) - effortOf(other) || (one.slug < other.slug ? -1 : 1),
  )[0];
}

const EFFORTS = { every: 0, when: 1, connected: 2, 'linked-only': 3 };
const effortOf = ({ creation, match }: PairPlan) =>
  EFFORTS[creation.a.kind] + (creation.a.kind === 'linked-only' && match.length === 0 ? 1 : 0);

function compilePair(
  planned: PlannedPair,
  { plan, first }: Shared,
  checks: Check[],
  coverage: SentenceCoverage[],
): void {
  const taken = new Set<string>();
  for (const sentence of planned.pair.sentences) {
    const context: FormContext = {
      planned,
      systems: plan.systems,
      entity: planned.entity,
      sentence,
      isFirst: planned.plan === first,
    };
    const own: Check[] = [];
    for (const draft of EMITTERS[sentence.form](context)) {
      const check = toCheck(context, draft);
      if (taken.has(check.id)) continue;
      own.push(check);
      checks.push(check);
    }
    for (const check of own) taken.add(check.id);
    coverage.push({
      pair: planned.plan.slug,
      form: sentence.form,
      line: sentence.span.line,
      sentence: sentence.text,
      checks: own.map((check) => check.id),
      reason: own.every((check) => check.notTestable !== null) ? (own[0]?.notTestable ?? NO_CHECK) : null,
    });
  }
}

const NO_CHECK: NotTestable = {
  reason: 'the sentence is said twice in its section',
  remedy: 'delete one of them',
};

function repeated(pair: Pair, byLine: ByLine): SentenceCoverage[] {
  const first = byLine.get(pair.repeatOf);
  return pair.sentences.map((sentence) => ({
    pair: first?.plan.slug ?? '',
    form: sentence.form,
    line: sentence.span.line,
    sentence: sentence.text,
    checks: [],
    reason: {
      reason: `repeats the section at line ${pair.repeatOf ?? 0}, which is checked`,
      remedy: 'delete the repeated section',
    },
  }));
}
