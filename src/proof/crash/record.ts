import type { Finding } from './stage.js';

/** One point at which something was wrong afterwards. `point` is what `--point` takes. */
export type CrashViolation = { point: string; diedAt: string; findings: Finding[]; replay: string };

/** `requests` and `writes` are those of a life that nothing disturbed; each request gives two points. */
export type CrashVariant = {
  name: string;
  requests: number;
  /** Null for a process that is killed from outside, whose writes are not seen. */
  writes: number | null;
  points: number;
};

export type CrashRecord = {
  schema: 'syncproof.crash/1';
  tool: { name: string; version: string };
  seed: number;
  startedAt: string;
  durationMs: number;
  variants: CrashVariant[];
  violations: CrashViolation[];
  summary: { points: number; lost: number; duplicated: number; stuck: number; other: number };
};

/** Counts the points at which each kind of damage was found. */
export function summariseCrash(
  variants: CrashVariant[],
  violations: CrashViolation[],
): CrashRecord['summary'] {
  const at = (kind: Finding['kind']) =>
    violations.filter((one) => one.findings.some((finding) => finding.kind === kind)).length;
  return {
    points: variants.reduce((sum, one) => sum + one.points, 0),
    lost: at('lost'),
    duplicated: at('duplicated'),
    stuck: at('stuck'),
    other: at('other'),
  };
}
