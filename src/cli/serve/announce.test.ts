import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundledDocument } from '../package-root.js';
import { renderAnnouncement } from './announce.js';
import { variablesOf } from './credentials.js';
import { readServeOptions } from './options.js';
import { planServed, type Planned } from './plan.js';

const DOCUMENT = bundledDocument();
const FAN_OUT = join(DOCUMENT, '..', '..', 'proof', 'fan-out.rst');
let bundled: Planned;

beforeAll(async () => {
  bundled = await planServed(readServeOptions(null, {}));
});

/** The lines to try; `set` names variables that the user has set. */
function tried(given: Record<string, unknown>, planned = bundled, set: string[] = []): string[] {
  const document = planned.isBundled ? null : planned.documentPath;
  const systems = [planned.plan.systems.a, planned.plan.systems.b];
  const text = renderAnnouncement({
    planned,
    systems,
    roles: [...systems.map(({ key }) => key), 'sync'].map((role) => ({ role, url: `http://${role}` })),
    variables: systems.flatMap(variablesOf),
    options: readServeOptions(document, given),
    isSet: (name) => set.includes(name),
  });
  const lines = text.trimEnd().split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('Try')) + 1).map((line) => line.trim());
}
const others = (lines: string[]) => lines.filter((line) => !line.startsWith('curl '));

test('without a profile the line shows how one is written', () => {
  expect(others(tried({}))).toEqual([
    'syncproof serve --write-profile playground.yaml    # then judge it with run --target remote',
  ]);
});

test('the line repeats what was asked for', () => {
  expect(others(tried({ profile: 'my own.yaml', fault: 25 }))).toEqual([
    "syncproof serve --profile 'my own.yaml' --fault 25 --write-profile playground.yaml    # then judge it with run --target remote",
  ]);
});

test('with a profile the lines judge what is served, with defaults that are no secret', () => {
  expect(others(tried({ writeProfile: 'p.yaml' }))).toEqual([
    'export SYNCPROOF_WEBSHOP_KEY=playground-webshop-harness-key',
    'export SYNCPROOF_CRM_CLIENT_ID=playground-crm-harness-client-id',
    'export SYNCPROOF_CRM_CLIENT_SECRET=playground-crm-harness-client-secret',
    'syncproof run --target remote --profile p.yaml',
  ]);
});

test('a variable that is set has no line that would replace it', () => {
  const lines = others(tried({ writeProfile: 'p.yaml' }, bundled, ['SYNCPROOF_CRM_CLIENT_SECRET']));

  expect(lines.filter((line) => line.startsWith('export '))).toHaveLength(2);
  expect(lines).toContain('# SYNCPROOF_CRM_CLIENT_SECRET as it is set here');
});

test('a document of the user stands in the line', async () => {
  const planned = await planServed(readServeOptions(FAN_OUT, {}));

  expect(tried({ writeProfile: 'p.yaml' }, planned).at(-1)).toMatch(
    /^syncproof run fixtures\/proof\/fan-out\.rst --target remote --profile p\.yaml/,
  );
});

test('sections of which a remote run cannot tell what the sync made are left out', () => {
  const { plan } = bundled;
  const pairs = plan.pairs.map((pair) => (pair.slug === 'product' ? { ...pair, rows: [] } : pair));
  const lines = others(tried({ writeProfile: 'p.yaml' }, { ...bundled, plan: { ...plan, pairs } }));

  expect(lines.slice(-2)).toEqual([
    '# left out, since a remote run cannot tell which of their records belong together: product',
    'syncproof run --target remote --profile p.yaml --only customer --only order',
  ]);
});

test('one role alone cannot be judged, and no line says so', () => {
  expect(others(tried({ only: 'webshop' }))).toEqual([]);
});

test('where no profile can be written, no line asks for one', () => {
  const { plan } = bundled;
  const pairs = plan.pairs.map((pair) => ({ ...pair, rows: [] }));

  expect(others(tried({}, { ...bundled, plan: { ...plan, pairs } }))).toEqual([]);
});
