import type { CheckRecord, GateQuestion } from '../../run/record.js';

type Waiver = GateQuestion['waivers'][number];

/** Turns failed checks into waived ones where a waiver holds on `now`; everything else stays as it is. */
export function applyWaivers(checks: CheckRecord[], waivers: Waiver[], now: Date): CheckRecord[] {
  const byCheck = new Map(waivers.map((waiver) => [waiver.check, waiver]));
  return checks.map((check) => {
    const waiver = byCheck.get(check.id);
    if (waiver === undefined || check.verdict !== 'failed' || problemOf(waiver, check, now) !== null)
      return check;
    const { reason, owner, expires } = waiver;
    return { ...check, verdict: 'waived', waiver: { reason, owner, expires } };
  });
}

/** What is wrong with each waiver, in words; empty when all hold. */
export function waiverProblems(
  checks: CheckRecord[],
  { waivers, knownWaived }: Pick<GateQuestion, 'waivers' | 'knownWaived'>,
  now: Date,
): string[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const seen = new Set<string>();
  return waivers.flatMap((waiver) => {
    const check = byId.get(waiver.check);
    const problem = seen.has(waiver.check) ? 'is given twice' : problemOf(waiver, check, now);
    seen.add(waiver.check);
    if (problem !== null) return [`${waiver.check}: the waiver of ${waiver.owner} ${problem}`];
    if (check === undefined && !knownWaived.includes(waiver.check)) {
      return [`${waiver.check}: the waiver of ${waiver.owner} names no check of this document`];
    }
    return [];
  });
}

function problemOf(waiver: Waiver, check: CheckRecord | undefined, now: Date): string | null {
  const end = endOfDay(waiver.expires);
  if (end === null) return `has no readable date: ${waiver.expires}`;
  if (now.getTime() > end) return `expired on ${waiver.expires}`;
  if (check === undefined) return null;
  if (check.fingerprint !== waiver.fingerprint) {
    return `is for another text of the sentence (fingerprint ${waiver.fingerprint}, now ${check.fingerprint})`;
  }
  return check.verdict === 'verified' ? 'is not needed any more: the check is verified' : null;
}

function endOfDay(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const start = new Date(`${day}T00:00:00.000Z`);
  const isReal = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
  return isReal ? start.getTime() + 86_400_000 - 1 : null;
}
