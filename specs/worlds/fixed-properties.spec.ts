import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/checklist/compile.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { runCheck } from '../../src/checks/run-check.js';
import { bundledDocument, bundledProfiles } from '../../src/cli/package-root.js';
import { CONTRACTS, prepare } from '../../src/cli/prepare.js';
import type { Target } from '../../src/drivers/ports.js';
import { referenceTarget } from './in-process-world.js';

const { document } = await prepare({
  documentPath: bundledDocument(),
  reversePath: null,
  profilePath: null,
});
const text = readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8');

/** The bundled document where the webshop's barcode is as the entry says. */
function compiledWith(entry: string) {
  const described = text.replace(
    '    contract: webshop\n',
    `    contract: webshop\n    entities: { Product: { fields: { barcode: ${entry} } } }\n`,
  );
  return compile({
    document,
    reverse: null,
    profile: parseProfile(described, 'p.yaml'),
    contracts: CONTRACTS,
  });
}

test.each([
  ['{ createOnly: true }', 'cannot be changed once the record is made'],
  ['{ readOnly: true }', 'cannot be written'],
])('a property that is %s goes one way, and says why its edits are not judged', (entry, why) => {
  const { checks, plan } = compiledWith(entry);
  const edits = checks.filter(({ id }) => /^product\/keep-in-sync\/[a-z-]+\/barcode/.test(id));
  const row = plan.pairs.find(({ slug }) => slug === 'product')?.rows.find(({ slug }) => slug === 'barcode');

  expect(row?.direction).toBe('a-to-b');
  expect(new Set(edits.map((check) => check.from))).toEqual(new Set(['a', 'b']));
  for (const { notTestable } of edits)
    expect(notTestable?.reason).toBe(`barcode of a Webshop Product ${why}`);
});

test('what is set once is still carried when the record is made', async () => {
  const { checks, plan } = compiledWith('{ createOnly: true }');
  const check = checks.find(({ id }) => id === 'product/properties/webshop-to-crm/barcode');
  if (check === undefined) throw new Error('no such check');

  const { verdict } = await runCheck(check, plan, referenceTarget(plan, 'direct'), 1);

  expect(verdict).toBe('verified');
});

test('an edit that the provider drops is never taken for one that arrived', async () => {
  const { checks, plan } = compiledWith('{}');
  const check = checks.find(({ id }) => id === 'product/keep-in-sync/webshop-to-crm/name');
  if (check === undefined) throw new Error('no such check');
  const inner = referenceTarget(plan, 'direct');
  const target: Target = {
    ...inner,
    open: async (...args) => {
      const world = await inner.open(...args);
      const { a } = world;
      const drops = async (entity: string, id: string) => {
        const record = await a.get(entity, id);
        if (record === null) throw new Error('gone');
        return record;
      };
      return { ...world, a: { ...a, update: drops } };
    },
  };

  const { verdict, reason } = await runCheck(check, plan, target, 1);

  expect(verdict).toBe('not-testable');
  expect(reason).toMatch(/^the Webshop Product kept name .* where .* was saved$/);
});
