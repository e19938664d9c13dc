/** What it took to find one fault: for each seed the number of histories, null where none of them failed. */
export type HuntRow = {
  id: number;
  title: string;
  breaks: string;
  policies: Record<string, string | number>;
  histories: (number | null)[];
  /** Null when it was not found on most seeds. */
  median: number | null;
  /** The invariants that the failing histories broke. */
  invariants: string[];
};

/** `reports/simulation-faults.json`. */
export type HuntRecord = {
  schema: 'syncproof.simulation-faults/1';
  seeds: number[];
  /** Histories played on one seed at the most. */
  most: number;
  length: number;
  durationMs: number;
  faults: HuntRow[];
  notHistories: { id: number; title: string; reason: string }[];
  summary: { hunted: number; found: number; median: number | null };
};

/** The middle of some numbers, where null is beyond all of them. */
export function medianOf(values: (number | null)[]): number | null {
  const sorted = values.toSorted((x, y) => (x ?? Infinity) - (y ?? Infinity));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
