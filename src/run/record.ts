import type { Capability, SentenceCoverage } from '../checklist/check.js';
import type { Origin } from '../checklist/plan.js';
import type { Json } from '../contract/field.js';
import type { ObservedDrift } from '../contract/observe.js';
import type { Diagnostic, SentenceForm } from '../document/model.js';
import type { Exchange, StoredRecord } from '../drivers/ports.js';

/** Ordered worst first: a roll-up takes the first that occurs. */
export const VERDICTS = ['error', 'failed', 'not-testable', 'waived', 'verified'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a check belongs to: a sentence of the document, or an operation of a provider's contract. */
export type CheckForm = SentenceForm | 'contract';

export type Step = { text: string; status: 'passed' | 'failed' };
export type Difference = { path: string; expected: Json; found: Json };

/** What a reader needs to act on a verdict; kept in full for checks that did not verify. */
export type Evidence = {
  exchanges: Exchange[];
  before: { a: StoredRecord | null; b: StoredRecord | null };
  after: { a: StoredRecord | null; b: StoredRecord | null };
  differences: Difference[];
};

export type CheckRecord = {
  id: string;
  title: string;
  pair: string;
  form: CheckForm;
  scenario: string;
  direction: string | null;
  property: string | null;
  value: string | null;
  origin: Origin;
  /** Set where the sentence, and so the line, stands in the reverse document. */
  document?: 'reverse';
  line: number;
  sentence: string;
  fingerprint: string;
  policies: string[];
  invariants: string[];
  needs: Capability[];
  severity: 'blocker' | 'critical' | 'normal' | 'minor';
  verdict: Verdict;
  /** Why it is not verified, null when it is. */
  reason: string | null;
  remedy: string | null;
  /** One command line that runs this check again with the same seed. */
  replay: string;
  steps: Step[];
  evidence: Evidence | null;
  waiver: { reason: string; owner: string; expires: string } | null;
  durationMs: number;
};

export type GateResult = { rule: string; passed: boolean; expected: string; found: string };

/** What the gate of a run was asked, so that it can be evaluated again when runs are joined. */
export type GateQuestion = {
  rules: {
    minVerified?: number;
    allowNotTestable?: boolean | string[];
    sentencesCovered?: boolean;
    maxCheckMs?: number;
    noContractDrift?: boolean;
    proofComplete?: boolean;
  };
  waivers: { check: string; fingerprint: string; reason: string; owner: string; expires: string }[];
  /** Waived ids that name a check of the document, whether it was selected or not. */
  knownWaived: string[];
  /** What `proof.json` showed; null when no rule asks for it. */
  proof: { complete: boolean; found: string } | null;
};

/**
 * A part of a run; `index` from 1. `of` counts the checks of the whole run, `checks` are their ids in order, and
 * `coverage` names all checks of each sentence, those of other shards too.
 */
export type ShardRecord = {
  index: number;
  count: number;
  of: number;
  checks: string[];
  coverage: SentenceCoverage[];
};

/** `entityName` as in the document; `line` of the section heading. */
export type PairRecord = { slug: string; source: string; target: string; line: number; owner: string | null };

/** One synchronised property of a pair: where it stands in both systems, and who named it. */
export type RowRecord = {
  pair: string;
  slug: string;
  a: string;
  b: string;
  transform: string;
  direction: 'both' | 'a-to-b' | 'b-to-a';
  origin: Origin;
  line: number | null;
};

/** How long changes took to be seen on the other side, ms; an upper bound, as there are pauses between two looks. */
export type LatencyRecord = {
  changes: number;
  medianMs: number;
  p95Ms: number;
  worstMs: number;
  worstCheck: string;
  boundMs: number;
};

/** `reports/run.json`: the one record all reports are built from. Times are ISO, durations ms. */
export type RunRecord = {
  schema: 'syncproof.run/1';
  tool: { name: 'syncproof'; version: string };
  document: { title: string; generated: string | null; path: string; sha256: string; text: string };
  /** Set where only some checks of the document were asked for; `of` counts all of them. */
  selection?: { of: number };
  /** `text` is missing in records of version 0.1.0 and earlier. */
  reverse: { title: string; path: string; sha256: string; text?: string } | null;
  profile: { path: string; sha256: string } | null;
  target: string;
  seed: number;
  startedAt: string;
  durationMs: number;
  summary: {
    verified: number;
    failed: number;
    error: number;
    waived: number;
    notTestable: number;
    total: number;
  };
  pairs: PairRecord[];
  checks: CheckRecord[];
  /** Sentences in document order with the checks that prove them, or the reason why none can. */
  sentences: {
    pair: string;
    form: CheckForm;
    document?: 'reverse';
    line: number;
    sentence: string;
    verdict: Verdict;
    checks: string[];
    reason: string | null;
  }[];
  diagnostics: Diagnostic[];
  /** The synchronised properties with both paths. */
  rows?: RowRecord[];
  gate: { results: GateResult[]; passed: boolean; exitCode: number };
  /** Failures of the harness outside of any check: a worker that died, an import that failed. */
  problems?: string[];
  asked?: GateQuestion;
  /** Only of runs against a deployed sync. */
  latency?: LatencyRecord;
  /** Only in the record of a single shard; a joined record has none. */
  shard?: ShardRecord;
};

/** What one execution of a check yields. */
export type CheckOutcome = {
  verdict: Exclude<Verdict, 'waived'>;
  reason: string | null;
  remedy: string | null;
  steps: Step[];
  evidence: Evidence | null;
  durationMs: number;
  /** What the traffic so far showed that no contract names. */
  drift?: ObservedDrift[];
};
