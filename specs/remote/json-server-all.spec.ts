import { beforeAll, expect, test } from 'vitest';
import type { Capability } from '../../src/checklist/check.js';
import type { RunRecord } from '../../src/run/record.js';
import { judgeInProcess, judgeJsonServers, type PairRun } from './json-server-pair.js';

/** What a deployed sync with status and links URLs offers between systems that bring nothing back. */
const OFFERED = new Set<Capability>(['links', 'errors']);

let remote: PairRun;
let inProcess: RunRecord;

beforeAll(async () => {
  inProcess = await judgeInProcess([]);
  remote = await judgeJsonServers([]);
}, 1_800_000);

const isOffered = ({ needs }: { needs: Capability[] }) => needs.every((need) => OFFERED.has(need));

test('every check that needs nothing but the APIs has the verdict that it has in process', () => {
  const expected = new Map(inProcess.checks.map((check) => [check.id, check.verdict]));
  const own = remote.run.checks.filter(isOffered);
  const other = own.filter((check) => check.verdict !== expected.get(check.id));

  expect(own.length).toBeGreaterThan(500);
  expect(other.map(({ id, verdict, reason }) => `${id}: ${verdict}, ${reason ?? ''}`)).toEqual([]);
});

test('all others are not testable, and each says why and what would help', () => {
  const rest = remote.run.checks.filter((check) => !isOffered(check));
  const unexplained = rest.filter(
    ({ verdict, reason, remedy }) =>
      verdict !== 'not-testable' || !/offers no/.test(reason ?? '') || (remedy ?? '') === '',
  );

  expect(rest.length).toBeGreaterThan(100);
  expect(unexplained.map(({ id }) => id)).toEqual([]);
});

test('nothing is left behind, and the records of others are as they were', () => {
  const { shop, crm } = remote;

  for (const name of ['customers', 'products', 'orders']) {
    expect(shop.data[name]).toEqual([{ id: 'of-others' }]);
    expect(crm.data[name]?.some(({ id }) => id === 'of-others')).toBe(true);
    // The sync made a counterpart of the other one's record, which is none of the run.
    expect(crm.data[name]).toHaveLength(2);
  }
});
