import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { runCheck } from '../../src/checks/run-check.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'capabilities-'));

function file(content: unknown): string {
  const path = join(FOLDER, `capabilities-${Math.abs(JSON.stringify(content).length)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const found = (readOnly: Record<string, string[]>, system = 'crm') => ({
  schema: 'syncproof.capabilities/1',
  system,
  lacks: {},
  readOnly,
});

const prepareWith = async (...capabilityPaths: string[]) =>
  (
    await prepare({
      documentPath: bundledDocument(),
      reversePath: null,
      profilePath: null,
      capabilityPaths,
    })
  ).compiled;

test('a property that the provider does not let be written becomes one-way, and no check is lost by that', async () => {
  const [whole, limited] = [await prepareWith(), await prepareWith(file(found({ Customer: ['phone'] })))];
  const phone = limited.plan.pairs[0]?.rows.find((row) => row.b === 'phone');
  const fallen = limited.checks.filter((check) => check.notTestable !== null);

  expect(phone?.direction).toBe('b-to-a');
  expect(limited.checks.map((check) => check.id).toSorted()).toEqual(
    whole.checks.map((check) => check.id).toSorted(),
  );
  expect(fallen.length).toBeGreaterThan(5);
  expect(fallen.every((check) => check.property === 'phone')).toBe(true);
  expect(fallen[0]?.notTestable?.reason).toEqual(
    expect.stringMatching(/^phone of .*CRM Customer (?:is read-only|cannot be written)/),
  );
  expect(limited.coverage.flatMap((one) => one.checks).length).toBe(
    whole.coverage.flatMap((one) => one.checks).length,
  );
});

test('where a provider keeps no versions, what they are needed for is not asked of it', async () => {
  const lacks = { concurrency: 'an update with a false If-Match is answered with 200' };
  const { checks } = await prepareWith(file({ ...found({}), lacks }));
  const fallen = checks.filter((check) => check.notTestable !== null);

  expect(fallen.map((check) => check.id)).toEqual(
    ['customer', 'order', 'product'].map((pair) => `${pair}/keep-in-sync/webshop-to-crm/edit-during-sync`),
  );
  expect(fallen[0]?.notTestable?.reason).toContain('keeps no versions: an update with a false If-Match');
});

test('the other checks of the pair hold against a sync that cannot write the property', async () => {
  const { plan, checks } = await prepareWith(file(found({ Customer: ['phone'] })));
  const target = referenceTarget(plan, 'direct');
  const some = checks.filter(
    ({ pair, scenario }) =>
      pair === 'customer' &&
      ['create-one-counterpart', 'write-budget', 'link-existing', 'field-missing'].includes(scenario),
  );

  const outcomes = await Promise.all(some.map((check) => runCheck(check, plan, target, 1)));

  expect(some.length).toBeGreaterThanOrEqual(4);
  expect(outcomes.filter((one) => one.verdict !== 'verified').map((one) => one.reason)).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['a file that is no JSON', '<html>', /is no JSON/],
  ['a file of something else', { paths: {} }, /holds no capabilities/],
  ['another system', found({}, 'erp'), /name erp, which is not the name of a system/],
  ['an unknown entity', found({ Customers: ['phone'] }), /name Customers, which is not an entity/],
  ['an unknown property', found({ Customer: ['fax'] }), /name fax, which is not a property of Customer/],
])('%s is refused with one clear error', async (_name, content, message) => {
  await expect(prepareWith(file(content))).rejects.toThrow(message);
});

test('a missing file is refused with one clear error', async () => {
  await expect(prepareWith(join(FOLDER, 'none.json'))).rejects.toThrow(/none.json cannot be read/);
});
