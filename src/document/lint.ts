import { CIRCLE_RULE } from './lint/circle-rule.js';
import { ROW_RULES } from './lint/row-rules.js';
import { SECTION_RULES } from './lint/section-rules.js';
import { TITLE_RULES } from './lint/title-rules.js';
import type { LintInput, Rule } from './lint/rule.js';
import type { Diagnostic } from './model.js';

/** The rules of the linter; each code is stable. */
export const RULES: readonly Rule[] = [...TITLE_RULES, ...SECTION_RULES, CIRCLE_RULE, ...ROW_RULES];

/** Runs every rule over a document; a repeated section is reported once, not again for what it holds. */
export function lint(input: LintInput): Diagnostic[] {
  const fresh = input.document.pairs.filter((pair) => pair.repeatOf === null);
  return RULES.flatMap((rule) => {
    const findings = (rule.document?.(input) ?? []).concat(
      fresh.flatMap((pair) => rule.pair?.(pair, input) ?? []),
    );
    return findings.map((finding) => ({ severity: rule.severity, code: rule.code, ...finding }));
  });
}
