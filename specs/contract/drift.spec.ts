import { expect, test } from 'vitest';
import { diffContracts } from '../../src/contract/openapi/diff.js';
import { openApiOf } from '../../src/contract/openapi/system.js';
import { crmContract } from '../../src/contract/crm.js';
import { contractChecks, runContractCheck } from '../../src/contract-checks/run.js';
import { ACCESS_DRIFTS } from './drift/of-access.js';
import { BEHAVIOUR_DRIFTS } from './drift/of-behaviour.js';
import { SCHEMA_DRIFTS } from './drift/of-schemas.js';
import { CRM, field, SHOP } from './drift/drift.js';
import { twinTarget } from './targets.js';

const DRIFTS = [...SCHEMA_DRIFTS, ...BEHAVIOUR_DRIFTS, ...ACCESS_DRIFTS];

test('the table holds at least 40 drifts', () => {
  expect(DRIFTS.length).toBeGreaterThanOrEqual(40);
});

test.each(DRIFTS)('$name: $check', async ({ contract, check: id, now, answers, events, breaking }) => {
  const check = contractChecks(contract).find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  const open = twinTarget(contract, 'direct', answers, now, events);

  const outcome = await runContractCheck(check, open, 1);
  const changes = now === undefined ? [] : diffContracts(openApiOf(contract), openApiOf(now));

  expect(outcome.verdict).toBe('failed');
  const judged = changes.length > 0 ? changes.some((change) => change.breaking) : outcome.breaking;
  expect(judged).toBe(breaking);
});

test('both ends of the classification occur among them', () => {
  expect(DRIFTS.some((drift) => drift.breaking)).toBe(true);
  expect(DRIFTS.filter((drift) => !drift.breaking).length).toBeGreaterThanOrEqual(5);
});

test('a removed field matters only when a mapped property or a match key uses it', () => {
  const [before, after] = [openApiOf(SHOP), openApiOf(field(SHOP, 'Customer', 'phone', () => []))];

  expect(diffContracts(before, after, new Set(['phone'])).some((change) => change.breaking)).toBe(true);
  expect(diffContracts(before, after, new Set(['email'])).some((change) => change.breaking)).toBe(false);
});

test('a contract does not differ from itself', () => {
  expect(diffContracts(openApiOf(CRM), openApiOf(crmContract()))).toEqual([]);
});
