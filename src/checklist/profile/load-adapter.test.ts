import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { wireRequest, wireResponse } from '../../contract/wire.js';
import { loadAdapters } from './load-adapter.js';
import { parseProfile } from './load.js';

const folder = mkdtempSync(join(tmpdir(), 'syncproof-adapter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A profile whose shop has the adapter `name`; the file holds `text` unless that is null. */
function profileWith(name: string, text: string | null) {
  if (text !== null) writeFileSync(join(folder, name), text);
  return parseProfile(
    [
      'systems:',
      '  shop:',
      '    names: [Shop]',
      '    api: { baseUrl: "http://127.0.0.1:1" }',
      `    adapter: ./${name}`,
      '  crm: { names: [CRM] }',
    ].join('\n'),
    join(folder, 'p.yaml'),
  );
}

test('an adapter in TypeScript is run as it stands, other files beside it too', async () => {
  writeFileSync(join(folder, 'suffix.ts'), 'export const suffix: string = "!";');
  const loaded = profileWith(
    'shop.ts',
    `import { suffix } from './suffix.js';
     type Fetch = (request: { url: string }) => Promise<Response>;
     export const adapt = (fetch: Fetch): Fetch => async (request) => {
       const answer = await fetch(request);
       return new Response((await answer.text()) + suffix, { status: answer.status });
     };`,
  );

  const adapt = (await loadAdapters(loaded)).get('shop');
  const fetch = adapt?.(async () => wireResponse('heard', 200, {}));
  const answer = await fetch?.(wireRequest('http://127.0.0.1:1/items', { method: 'GET' }));

  expect(await answer?.text()).toBe('heard!');
});

test.each<[string, string, string | null, string]>([
  ['a file that is not there', 'none.ts', null, 'no such file'],
  ['a file that does not parse', 'broken.ts', 'export const = ;', ''],
  [
    'a file that misses another',
    'lacks.cjs',
    'throw new Error(`nothing at ${__dirname}/key.txt`)',
    'nothing at ./key.txt',
  ],
  ['a file that throws', 'throws.js', 'throw new Error("not today")', 'not today'],
  ['a file without the export', 'other.js', 'export const adopt = () => undefined', 'no export adapt'],
  ['a file that exports nothing', 'null.cjs', 'module.exports = null', 'no export adapt'],
  ['a file that exports a number', 'number.cjs', 'module.exports = 5', 'no export adapt'],
  ['a file that exports a text', 'text.cjs', 'module.exports = "adapt"', 'no export adapt'],
  [
    'a file that exports a function which holds one',
    'function.cjs',
    'module.exports = Object.assign(() => 0, { adapt: (fetch) => fetch })',
    'no export adapt',
  ],
])('%s is one clear error with its line in the profile', async (_what, name, text, found) => {
  const refused = await loadAdapters(profileWith(name, text)).catch((error: unknown) => error);

  expect(refused).toMatchObject({
    code: 'no-adapter',
    message: `the adapter ./${name} cannot be used`,
    where: `${join(folder, 'p.yaml')}:5`,
    found: expect.stringContaining(found) as string,
  });
});

test('without a profile there is no adapter', async () => {
  expect([...(await loadAdapters(null))]).toEqual([]);
});

test('what is made of an adapter is kept nowhere', async () => {
  const elsewhere = join(folder, 'temporary');
  mkdirSync(elsewhere, { recursive: true });
  vi.stubEnv('TMPDIR', elsewhere);

  await loadAdapters(profileWith('kept.ts', 'export const adapt = (fetch: unknown): unknown => fetch;'));
  vi.unstubAllEnvs();

  expect(readdirSync(elsewhere)).toEqual([]);
});

test('an adapter without a described API is refused', () => {
  expect(() =>
    parseProfile('systems: {shop: {names: [S], adapter: a.ts}, crm: {names: [C]}}', 'p.yaml'),
  ).toThrow('an adapter needs "api"');
});
