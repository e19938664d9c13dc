import { VERDICTS, type CheckForm, type CheckRecord, type RunRecord, type Verdict } from '../run/record.js';

type VerdictWords = { label: string; mark: string; meaning: string };

/** How each verdict is called, marked and explained in every report. */
export const VERDICT_WORDS: Record<Verdict, VerdictWords> = {
  verified: { label: 'verified', mark: '✓', meaning: 'the sync did what the sentence says' },
  failed: { label: 'failed', mark: '✗', meaning: 'the sync did something else: a product failure' },
  error: { label: 'error', mark: '!', meaning: 'the check itself broke: nothing is known about the sync' },
  waived: { label: 'waived', mark: '~', meaning: 'failed, and accepted by an owner until a date' },
  'not-testable': { label: 'not testable', mark: '–', meaning: 'could not be checked, for the reason given' },
};

/** Short names of the sentence forms, for tables. */
export const FORM_WORDS: Record<CheckForm, string> = {
  contract: 'contract',
  'sync-every': 'every record',
  'sync-when': 'on a condition',
  'link-first': 'link first',
  'create-connected': 'when connected',
  'merge-on': 'match by',
  'merge-existing': 'merge existing',
  'create-missing': 'create missing',
  'keep-in-sync': 'keeps in sync',
  properties: 'properties',
};

/** Reading order of the verdicts in tables: what needs action first. */
export const REPORT_ORDER: readonly Verdict[] = ['failed', 'error', 'waived', 'not-testable', 'verified'];

export type Counts = Record<Verdict, number>;

/** Number of checks per verdict; every check is counted once. */
export function countVerdicts(checks: Iterable<Pick<CheckRecord, 'verdict'>>): Counts {
  const counts: Counts = { verified: 0, failed: 0, error: 0, waived: 0, 'not-testable': 0 };
  for (const check of checks) counts[check.verdict] += 1;
  return counts;
}

/** All that were counted. */
export function totalOf(counts: Counts): number {
  return REPORT_ORDER.reduce((sum, verdict) => sum + counts[verdict], 0);
}

/** Worst verdict that occurs, or null for none; not testable counts only where nothing else was decided. */
export function worstOf(counts: Counts): Verdict | null {
  const occurring = VERDICTS.filter((verdict) => counts[verdict] > 0);
  return occurring.find((verdict) => verdict !== 'not-testable') ?? occurring[0] ?? null;
}

/** `2 failed · 14 verified`, without the verdicts that do not occur. */
export function describeCounts(counts: Counts): string {
  const parts = REPORT_ORDER.filter((verdict) => counts[verdict] > 0).map(
    (verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict].label}`,
  );
  return parts.length > 0 ? parts.join(' · ') : 'no checks';
}

/** The outcome of the gate in a few words; a part of the checks never reads as the whole. */
export function gateWords({
  gate,
  shard,
  selection,
  summary,
}: Pick<RunRecord, 'gate' | 'shard' | 'selection' | 'summary'>): string {
  if (gate.passed)
    return selection === undefined
      ? 'Gate passed'
      : `Gate passed for a part, ${summary.total} of ${selection.of} checks`;
  if (shard === undefined || gate.exitCode !== 0) return `Gate not passed (exit code ${gate.exitCode})`;
  return `Shard ${shard.index} of ${shard.count}: no failure, and no gate before syncproof merge`;
}

/** `1 check`, `2 checks`. */
/** Where the sentence of a check stands: `line 12`, or `line 12 of the reverse document`. */
export function lineWords({ line, document }: Pick<CheckRecord, 'line' | 'document'>): string {
  return document === undefined ? `line ${line}` : `line ${line} of the reverse document`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A JSON value on one line as it is shown to a person, cut at `limit` characters. */
export function showValue(value: unknown, limit = 120): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return cut(text, limit);
}

/** Cuts between code points, so that no half of an emoji is left. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}
