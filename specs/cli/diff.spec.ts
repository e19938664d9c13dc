import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { syncproof } from './syncproof.js';

const SENTENCE = 'Every Webshop Order will be synchronized with a CRM Order.';
const text = readFileSync(join(packageRoot(), 'fixtures', 'dataflows', 'webshop-crm.rst'), 'utf8');
const line = text.split('\n').indexOf(SENTENCE) + 1;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncproof-diff-'));
  writeFileSync(join(folder, 'old.rst'), text);
  writeFileSync(join(folder, 'gone.rst'), text.replace(`${SENTENCE}\n\n`, ''));
  writeFileSync(
    join(folder, 'unread.rst'),
    text.replace('will be synchronized with a CRM Order', 'may dance'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a sentence that went is told with the checks that go with it', () => {
  const { code, out, err } = syncproof(folder, ['diff', 'old.rst', 'gone.rst']);

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`removed  sentence  line ${line}  Webshop Order to CRM Order: ${SENTENCE}\n`);
  expect(out).toMatch(/^1 change; checks: 0 new, \d+ stale, 0 suspect$/m);
});

test('one that cannot be read any more is an error with its line too, and no good comparison', () => {
  const { code, out, err } = syncproof(folder, ['diff', 'old.rst', 'unread.rst']);

  expect(code).toBe(2);
  expect(out).toContain('removed  sentence');
  expect(err).toMatch(new RegExp(`^error: unparsed-line unread\\.rst:${line}: .*may dance`));
  const { errors } = JSON.parse(syncproof(folder, ['diff', 'old.rst', 'unread.rst', '--json']).out) as {
    errors: { code: string; line: number }[];
  };
  expect(errors).toMatchObject([{ code: 'unparsed-line', line }]);
});
