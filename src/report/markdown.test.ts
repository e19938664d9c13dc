import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.js';
import { hostileRun } from './testing/hostile-run.js';
import { largeRun, mixedRun, runRecord } from './testing/run-fixture.js';

test('failures come first, each with its replay line', () => {
  const run = mixedRun();
  const text = renderMarkdown(run);

  expect(text.indexOf('### Failed')).toBeLessThan(text.indexOf('| Pair'));
  for (const check of run.checks.filter((one) => one.verdict === 'failed'))
    expect(text).toContain(`\`${check.replay}\``);
});

test('the counts are those of the record, one column per verdict', () => {
  const { summary, ...run } = mixedRun();
  const { failed, error, waived, notTestable, verified, total } = summary;

  expect(renderMarkdown({ ...run, summary })).toContain(
    `| **Total** | ${failed} | ${error} | ${waived} | ${notTestable} | ${verified} | ${total} |`,
  );
});

test('it fits a pull request, whatever the run', () => {
  expect(renderMarkdown(largeRun(5000)).length).toBeLessThan(10_000);
  expect(renderMarkdown(runRecord()).split('\n').length).toBeLessThan(30);
});

test('a hostile document stays text', () => {
  const text = renderMarkdown(hostileRun());
  const outsideCode = text.replace(/(`+)[^]*?\1/g, '');

  expect(outsideCode).not.toMatch(/<(?!br>)/);
  expect(text).not.toContain('\u001B');
});
