import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

/** What axe finds on a page that is serious or worse, with everything folded out; one line each. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  await page.evaluate(axe.source);
  const violations = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)",
  )) as Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} places, such as ${nodes[0]?.html ?? ''}`);
}
