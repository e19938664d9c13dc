import type { Check } from '../checklist/check.js';
import { UsageError } from './usage-error.js';

/**
 * The checks whose id equals one of the patterns or else lies below it (`customer/keep-in-sync`) or matches with `*`
 * standing for any text. A pattern without a match is a usage error: what is not run must never read as a pass.
 */
export function selectChecks(checks: Check[], patterns: string[]): Check[] {
  const exact = new Set(patterns.filter((pattern) => checks.some((check) => check.id === pattern)));
  const selected = checks.filter((check) =>
    patterns.some((pattern) => (exact.has(pattern) ? check.id === pattern : matches(check.id, pattern))),
  );
  const vain = patterns.filter((pattern) => !checks.some((check) => matches(check.id, pattern)));
  if (selected.length > 0 && vain.length === 0) return selected;
  const near = checks.find((check) =>
    vain.some((pattern) => check.id.startsWith(pattern.split('/')[0] ?? '')),
  );
  throw new UsageError(
    `no check matches --only ${vain.map((pattern) => (pattern === '' ? "''" : pattern)).join(' ')}`,
    `a check id or a part of one with *, such as ${near?.id ?? checks[0]?.id ?? 'customer/*'}`,
    'list the ids with: syncproof inspect <document> --checks',
  );
}

function matches(id: string, pattern: string): boolean {
  if (!pattern.includes('*')) return id === pattern || id.startsWith(`${pattern}/`);
  const parts = pattern.split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop() ?? '';
  if (!id.startsWith(first)) return false;
  let position = first.length;
  for (const part of parts) {
    const found = id.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return id.length - last.length >= position && id.endsWith(last);
}
