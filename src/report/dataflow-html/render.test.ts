import { expect, test } from 'vitest';
import { hostileRun } from '../testing/hostile-run.js';
import { largeRun, mixedRun, runRecord } from '../testing/run-fixture.js';
import { countVerdicts, REPORT_ORDER } from '../words.js';
import { readBlocks } from './blocks.js';
import { escapeHtml } from './html.js';
import { renderLivingDocument } from './render.js';

test.each([
  ['green', runRecord()],
  ['each verdict', mixedRun()],
  ['hostile', hostileRun()],
])('%s: the counts on the page are those of the record', (_, run) => {
  const page = renderLivingDocument(run);
  for (const verdict of REPORT_ORDER) {
    const cells = page.match(new RegExp(`data-count="checks-${verdict}"\\s*>\\s*(\\d+)`));
    expect(Number(cells?.[1])).toBe(countVerdicts(run.checks)[verdict]);
  }
});

test('every sentence, check and diagnostic stands on the page', () => {
  const run = mixedRun();
  const page = renderLivingDocument(run);
  for (const sentence of run.sentences) expect(page).toContain(escapeHtml(sentence.sentence));
  for (const check of run.checks) expect(page).toContain(`id="check-${check.id}"`);
  for (const one of run.diagnostics) expect(page).toContain(escapeHtml(one.message));
});

test('the rows of the profile stand below a table that holds only its header', () => {
  const page = renderLivingDocument(mixedRun());
  expect(page).toContain("The document's table holds only its header.");
  expect(page).toMatch(/<b>7 properties from the profile<\/b>\s*webshop-crm\.yaml/);
});

test('no tag, attribute or control character of a hostile document reaches the page', () => {
  const page = renderLivingDocument(hostileRun());
  expect(page).not.toMatch(/<script|<img/i);
  expect(page).not.toContain('\u0000');
  expect(page).not.toContain('\u001B');
  expect(page).not.toMatch(/<[^>]*\s(?:on\w+|style)=/);
  expect(page.match(/<style>/g)).toHaveLength(1);
});

test('what stands at no line of the text is listed all the same', () => {
  const run = mixedRun();
  run.sentences.push({
    pair: 'x',
    form: 'sync-every',
    line: 900,
    sentence: 'Every X will be synchronized with a Y.',
    verdict: 'verified',
    checks: [],
    reason: null,
  });
  expect(renderLivingDocument(run)).toContain('Every X will be synchronized with a Y.');
});

test('an empty document and a run without checks are a page too', () => {
  const run = { ...runRecord(), checks: [], sentences: [], pairs: [], diagnostics: [] };
  expect(renderLivingDocument({ ...run, document: { ...run.document, text: '' } })).toContain('</html>');
});

test('a page grows with the number of its checks, not faster', () => {
  const small = renderLivingDocument(largeRun(500));
  const large = renderLivingDocument(largeRun(5000));

  expect(large.length).toBeGreaterThan(small.length);
  expect(large.length).toBeLessThan(11 * small.length);
});

test('every line that is not blank belongs to exactly one block', () => {
  const { text } = mixedRun().document;
  const blocks = readBlocks(text);
  text.split('\n').forEach((line, at) => {
    const owners = blocks.filter((block) => block.line <= at + 1 && at + 1 <= block.endLine);
    if (line.trim() !== '') expect(owners).toHaveLength(1);
  });
  expect(blocks.filter((block) => block.kind === 'table').map((block) => block.rows.length)).toEqual([
    0, 1, 3,
  ]);
});

test('rows of the profile show the paths of both systems and their transform', () => {
  const run = mixedRun();
  run.rows = [
    {
      pair: 'customer',
      slug: 'email',
      a: 'email_address',
      b: 'properties.mail',
      transform: 'replace',
      direction: 'both',
      origin: 'profile',
      line: null,
    },
  ];

  expect(renderLivingDocument(run)).toMatch(
    /<code>email_address<\/code><\/td>\s*<td>\s*<code>properties\.mail<\/code>\s*<\/td>\s*<td>replace/,
  );
});

test('the reverse document stands on the page as written, its sentences and findings in place', () => {
  const run = mixedRun();
  const sentence = 'Every CRM Customer will be synchronized with a Webshop Customer.';
  const text = `CRM Customer to Webshop Customer\n${'-'.repeat(32)}\n\n${sentence}\n\n<b>More</b> words.\n`;
  run.reverse = { title: 'CRM to Webshop Dataflow', path: 'back.rst', sha256: 'ef', text };
  run.sentences.push({
    pair: 'CRM Customer to Webshop Customer',
    form: 'sync-every',
    line: 4,
    sentence,
    verdict: 'not-testable',
    checks: [],
    reason: 'not judged by this run',
  });
  run.diagnostics.push({
    severity: 'warning',
    code: 'x',
    line: 6,
    path: 'back.rst',
    message: 'm6',
    remedy: 'r',
  });

  const page = renderLivingDocument(run);

  const reverse = page.slice(page.indexOf('id="reverse"'));
  expect(reverse).toContain('id="reverse-line-1"');
  expect(reverse).toContain('id="reverse-line-4"');
  expect(reverse).toContain('&lt;b&gt;More&lt;/b&gt; words.');
  expect(reverse).toContain('m6');
  expect(page).not.toContain('From other files');
  const ids = Array.from(page.matchAll(/\sid="([^"]+)"/g), (match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a row of the table fails with any check of its property, also one of another sentence', () => {
  const run = runRecord();
  const row = run.checks.find((check) => check.id === 'product/properties/webshop-to-crm/price');
  const other = run.checks.find((check) => check.form === 'keep-in-sync' && check.pair === 'product');
  if (row === undefined || other === undefined) throw new Error('the fixture has changed');
  Object.assign(other, { property: 'price', verdict: 'failed' });
  const cells = new RegExp(`id="line-${row.line}"[\\s\\S]*?</tr>`).exec(renderLivingDocument(run))?.[0];
  expect(cells).toContain('badge failed');
  expect(cells).toContain('2 checks');
});

test('what needs action stands above the document: rules of the gate and the first bad checks', () => {
  const page = renderLivingDocument(mixedRun());
  const top = page.slice(0, page.indexOf('id="document"'));
  expect(top).toMatch(/Gate: <b>no check failed<\/b>/);
  expect(top.match(/class="why"/g)).toHaveLength(4);
  expect(renderLivingDocument(runRecord())).not.toContain('What needs action');
});

test('whatever is not verified is unfolded without a click', () => {
  const waived = runRecord({ verdictOf: (index) => (index === 2 ? 'waived' : 'verified') });
  expect(renderLivingDocument(waived).match(/<details\s+open>/g)).toHaveLength(1);
});

test('without an Allure report beside it nothing links to one', () => {
  expect(renderLivingDocument(mixedRun())).toContain('href="allure/index.html#');

  const page = renderLivingDocument(mixedRun(), { allure: false });

  expect(page).not.toContain('allure/index.html');
  expect(page).toContain('href="checklist.md"');
  expect(page.match(/<\/a\s*>/g)?.length).toBe(page.match(/<a /g)?.length);
});
