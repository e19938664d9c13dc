import { beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../src/run/record.js';
import { judgeInProcess, judgeJsonServers, type PairRun } from './json-server-pair.js';

/** What a provider without update times, versions, idempotency keys and tombstones makes hard, for one entity. */
const ONLY = [
  'product/sync-every/*',
  'product/properties/webshop-to-crm/price',
  'product/keep-in-sync/crm-to-webshop/categories',
  'product/keep-in-sync/webshop-to-crm/description/clear',
  'product/keep-in-sync/webshop-to-crm/conflict/different-properties',
];

let remote: PairRun;
let inProcess: RunRecord;

beforeAll(async () => {
  inProcess = await judgeInProcess(ONLY);
  remote = await judgeJsonServers(ONLY, { policies: ['delete: propagate'], isCrmAdapted: true });
}, 300_000);

test('two json-servers, one by the profile alone and one behind an adapter, are judged as the stand-ins are', () => {
  const expected = new Map(inProcess.checks.map((check) => [check.id, check.verdict]));
  const judged = remote.run.checks.filter((check) => check.verdict !== 'not-testable');
  const other = judged.filter((check) => check.verdict !== expected.get(check.id));

  expect(judged.length).toBeGreaterThan(10);
  expect(other.map(({ id, verdict, reason }) => `${id}: ${verdict}, ${reason ?? ''}`)).toEqual([]);
});

test('a deletion is carried over though nothing but a gap in the listing tells of it', () => {
  const check = remote.run.checks.find(({ id }) => id.endsWith('/deleted-not-recreated'));

  expect([check?.verdict, check?.reason]).toEqual(['verified', null]);
});

test('nothing of the run is left behind', () => {
  expect(remote.shop.data['products']).toEqual([{ id: 'of-others' }]);
  expect(remote.crm.data['products']?.map(({ id }) => id)).toContain('of-others');
  expect(remote.crm.data['products']).toHaveLength(2);
});
