import { createHash } from 'node:crypto';
import type { ContractOutcome } from '../contract-checks/run.js';
import type { CheckRecord, RunRecord } from './record.js';
import { sentenceVerdict, summarise } from './roll-up.js';

type About = {
  version: string;
  target: string;
  seed: number;
  /** Epoch ms. */
  started: number;
  ended: number;
  problems: string[];
  replay: (id: string) => string;
};

const TITLE = 'Contract';

/** A verification of providers as a run record: document "Contract", one pair a system, one sentence an operation. */
export function contractRun(outcomes: ContractOutcome[], about: About): RunRecord {
  const lines = ['========', TITLE, '========', ''];
  const places: { system: string; operation: string; line: number }[] = [];
  const pairs: RunRecord['pairs'] = [];
  for (const system of new Set(outcomes.map((one) => one.system))) {
    lines.push(system, '-'.repeat(system.length), '');
    pairs.push({ slug: system, source: system, target: 'its contract', line: lines.length - 2, owner: null });
    const own = outcomes.filter((one) => one.system === system);
    for (const operation of new Set(own.map((one) => one.operation))) {
      places.push({ system, operation, line: lines.length + 1 });
      lines.push(sentenceOf(operation), '');
    }
  }
  const lineOf = new Map(places.map((one) => [`${one.system} ${one.operation}`, one.line]));
  const checks = outcomes.map((outcome) =>
    toRecord(outcome, lineOf.get(`${outcome.system} ${outcome.operation}`) ?? 1, about),
  );
  const text = `${lines.join('\n')}\n`;
  return {
    schema: 'syncproof.run/1',
    tool: { name: 'syncproof', version: about.version },
    document: { title: TITLE, generated: null, path: 'contract', sha256: sha256(text), text },
    reverse: null,
    profile: null,
    target: about.target,
    seed: about.seed,
    startedAt: new Date(about.started).toISOString(),
    durationMs: about.ended - about.started,
    summary: summarise(checks),
    pairs,
    checks,
    sentences: places.map(({ system, operation, line }) => {
      const own = checks.filter((check) => check.line === line);
      const verdict = sentenceVerdict(own.map((check) => check.verdict));
      const [reason = null] = own.map((check) => check.reason);
      return {
        pair: system,
        form: 'contract' as const,
        line,
        sentence: sentenceOf(operation),
        verdict,
        checks: own.map((check) => check.id),
        reason: verdict === 'not-testable' ? reason : null,
      };
    }),
    diagnostics: [],
    gate: { results: [], passed: false, exitCode: 4 },
    problems: about.problems,
  };
}

const sentenceOf = (operation: string) => `The operation ${operation} keeps its contract.`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function toRecord(outcome: ContractOutcome, line: number, about: About): CheckRecord {
  const sentence = sentenceOf(outcome.operation);
  return {
    id: outcome.id,
    title: outcome.title,
    pair: outcome.system,
    form: 'contract',
    scenario: 'contract',
    direction: null,
    property: null,
    value: null,
    origin: 'profile',
    line,
    sentence,
    fingerprint: sha256(sentence).slice(0, 12),
    policies: [],
    invariants: [],
    needs: [],
    severity: outcome.breaking ? 'critical' : 'minor',
    verdict: outcome.verdict,
    reason: outcome.reason,
    remedy: outcome.remedy,
    replay: about.replay(outcome.id),
    steps: [],
    evidence: null,
    waiver: null,
    durationMs: outcome.durationMs,
  };
}
