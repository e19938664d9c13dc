/** What became of one fault: which checks found it, and what they said. */
export type FaultRow = {
  id: number;
  /** Number in the shared catalogue; null for our own. */
  catalogue: number | null;
  title: string;
  breaks: string;
  /** Pattern of the ids of the checks that must find it. */
  expected: string;
  policies: Record<string, string | number>;
  nearest: string | null;
  killedBy: { id: string; reason: string }[];
  /** Checks that went red beside the expected ones. */
  others: string[];
  /** Checks that could not be judged: a defect of the harness. */
  errors: string[];
  checks: number;
  durationMs: number;
  verdict: 'killed' | 'wrong-check' | 'survived';
};

/** The correct sync under the policies of some faults. */
export type ReferenceRow = {
  variant: string;
  checks: number;
  verified: number;
  red: { id: string; reason: string }[];
  errors: string[];
};

/** `reports/proof.json`. Times are ISO, durations ms. */
export type ProofRecord = {
  schema: 'syncproof.proof/1';
  tool: { name: 'syncproof'; version: string };
  seed: number;
  startedAt: string;
  durationMs: number;
  reference: ReferenceRow[];
  faults: FaultRow[];
  summary: ProofSummary;
};

export type ProofSummary = {
  faults: number;
  killed: number;
  wrongCheck: number;
  survived: number;
  /** Red or unjudged checks of the correct sync. */
  referenceRed: number;
};

export function summariseProof(reference: ReferenceRow[], faults: FaultRow[]): ProofSummary {
  const count = (verdict: FaultRow['verdict']) => faults.filter((one) => one.verdict === verdict).length;
  return {
    faults: faults.length,
    killed: count('killed'),
    wrongCheck: count('wrong-check'),
    survived: count('survived'),
    referenceRed: reference.reduce((sum, row) => sum + row.red.length + row.errors.length, 0),
  };
}
