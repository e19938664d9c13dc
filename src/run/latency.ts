import type { LatencyRecord } from './record.js';

/** Median, 95th percentile and worst of the times that changes took, in ms; null without any. */
export function summariseLatency(
  samples: { check: string; ms: number }[],
  boundMs: number,
): LatencyRecord | null {
  const ordered = samples.toSorted((one, other) => one.ms - other.ms);
  const worst = ordered.at(-1);
  if (worst === undefined) return null;
  const at = (share: number) => Math.round((ordered[Math.ceil(ordered.length * share) - 1] ?? worst).ms);
  return {
    changes: ordered.length,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    worstMs: Math.round(worst.ms),
    worstCheck: worst.check,
    boundMs,
  };
}
