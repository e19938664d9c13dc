import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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

test.each([
  ['a file that is not there', 'none.ts', null, 'no such file'],
  ['a file that does not parse', 'broken.ts', 'export const = ;', ''],
  ['a file that throws', 'throws.js', 'throw new Error("not today")', 'not today'],
  ['a file without the export', 'other.js', 'export const adopt = () => undefined', 'no export adapt'],
])('%s is one clear error with its line in the profile', async (_what, name, text, found) => {
  const refused = await loadAdapters(profileWith(name, text)).catch((error: unknown) => error);

  expect(refused).toMatchObject({
    code: 'no-adapter',
    message: `the adapter ./${name} cannot be used`,
    where: `${join(folder, 'p.yaml')}:5`,
    found: expect.stringContaining(found) as string,
  });
});

test('an adapter without a described API is refused', () => {
  expect(() =>
    parseProfile('systems: {shop: {names: [S], adapter: a.ts}, crm: {names: [C]}}', 'p.yaml'),
  ).toThrow('an adapter needs "api"');
});
