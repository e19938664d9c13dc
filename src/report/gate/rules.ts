import type { GateResult } from '../../run/record.js';
import { cut } from '../words.js';

/** Exit codes of the gate: worse ones win over others in this order. */
export const EXIT = { harness: 4, failed: 1, notEnough: 3 } as const;
export const PRECEDENCE: readonly number[] = [EXIT.harness, EXIT.failed, EXIT.notEnough];

export type Rule = GateResult & { exit: number };

/** One rule, evaluated. */
export function judge(
  rule: string,
  passed: boolean,
  expected: string,
  found: string,
  exit: number = EXIT.notEnough,
): Rule {
  return { rule, passed, expected, found, exit };
}

/** The first five of a list, and how many more there are. */
export function listed(texts: string[]): string {
  const shown = texts.slice(0, 5).map((text) => cut(text, 160));
  return texts.length > 5 ? `${shown.join('; ')}; and ${texts.length - 5} more` : shown.join('; ');
}
