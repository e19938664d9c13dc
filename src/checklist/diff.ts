import type { Check } from './check.js';

export type CheckChange = { kind: 'new' | 'stale' | 'suspect'; id: string; line: number; title: string };

/**
 * How two generations of a checklist differ: `new` checks were not there before, `stale` ones are gone, `suspect`
 * ones have the same id but their sentence reads differently or they can now (or no longer) be tested.
 */
export function diffChecks(old: Check[], now: Check[]): CheckChange[] {
  const before = new Map(old.map((check) => [check.id, check]));
  const after = new Set(now.map((check) => check.id));
  const change = (kind: CheckChange['kind'], { id, line, title }: Check): CheckChange => ({
    kind,
    id,
    line,
    title,
  });
  return [
    ...now.flatMap((check) => {
      const previous = before.get(check.id);
      if (previous === undefined) return [change('new', check)];
      const same =
        previous.fingerprint === check.fingerprint &&
        (previous.notTestable === null) === (check.notTestable === null);
      return same ? [] : [change('suspect', check)];
    }),
    ...old.flatMap((check) => (after.has(check.id) ? [] : [change('stale', check)])),
  ];
}

/** The checks of the newer generation that are new or suspect. */
export function newOrSuspect(old: Check[], now: Check[]): Check[] {
  const changed = new Set(diffChecks(old, now).map((one) => one.id));
  return now.filter((check) => changed.has(check.id));
}
