import { expect, test } from 'vitest';
import { runServiceCheck } from '../../src/contract-checks/run.js';
import { SERVICE_CHECKS } from '../../src/contract-checks/service.js';
import { openService } from './service-target.js';

const outcomesVia = async (via: 'msw' | 'port') => {
  const outcomes = [];
  for (const check of SERVICE_CHECKS) outcomes.push(await runServiceCheck(check, () => openService(via)));
  return outcomes.map(({ id, verdict, reason }) => `${verdict} ${id} ${reason ?? ''}`.trim());
};

test('the service of the sync keeps its contract over a real port, with the same results as through MSW', async () => {
  const [msw, port] = [await outcomesVia('msw'), await outcomesVia('port')];

  expect(port).toEqual(msw);
  expect(port.filter((one) => !one.startsWith('verified'))).toEqual([]);
  expect(port.length).toBeGreaterThanOrEqual(9);
});

test('a service that answers otherwise fails', async () => {
  const open = async () => {
    const service = await openService('direct');
    return { ...service, fetch: async () => new Response('{}', { status: 200 }) };
  };
  const outcomes = [];

  for (const check of SERVICE_CHECKS) outcomes.push(await runServiceCheck(check, open));

  const held = outcomes.filter((one) => one.verdict === 'verified').map((one) => one.id);
  expect(held.filter((id) => id !== 'sync/takeEvent/signed')).toEqual([]);
});
