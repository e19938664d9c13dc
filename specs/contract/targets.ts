import { mount, unmount } from '../../mocks/msw.js';
import { serveTwin } from '../../mocks/serve.js';
import { createTwin, type Twin } from '../../mocks/twin/twin.js';
import type { SystemContract } from '../../src/contract/api-description.js';
import { networkFetch, type WireFetch } from '../../src/contract/wire.js';
import type { ContractTarget, OpenTarget } from '../../src/contract-checks/target.js';

type SentEvent = { body: string; headers: Record<string, string> };
export type Via = 'direct' | 'msw' | 'port';

type Reached = { baseUrl: string; fetch: WireFetch; close: () => Promise<void> };

let opened = 0;

/** Opens a fresh stand-in of a system for each check, reached in one of three ways. */
export function twinTarget(
  contract: SystemContract,
  via: Via,
  break_: (fetch: WireFetch) => WireFetch = (fetch) => fetch,
  twinContract: SystemContract = contract,
  alterEvent: (event: SentEvent) => SentEvent = (event) => event,
): OpenTarget {
  return async ({ callsPerMinute } = {}) => {
    let time = Date.UTC(2026, 0, 15, 9);
    let seq = 0;
    opened += 1;
    const host = `${contract.key}-${opened}.test`;
    const limit = callsPerMinute === undefined ? {} : { callsPerMinute };
    const make = (baseUrl: string): Twin =>
      createTwin({
        contract: { ...twinContract, api: { ...twinContract.api, baseUrl } },
        clock: { now: () => time },
        nextSeq: () => (seq += 1),
        webhookPath: '/webhooks/a',
        ...limit,
      });
    const twin = make(`https://${host}`);
    const reached = await reach(twin, via, host, break_);
    const own: SystemContract = { ...contract, api: { ...contract.api, baseUrl: reached.baseUrl } };
    const { harness, sync, webhookSecret } = twin.credentials;
    const target: ContractTarget = {
      name: `${contract.name} stand-in (${via})`,
      contract: own,
      fetch: reached.fetch,
      credentials: callsPerMinute === undefined ? harness : sync,
      control: {
        now: () => time,
        advance: (ms) => void (time += ms),
        events: () =>
          twin.outbox.pending.map((delivery) =>
            alterEvent({ body: delivery.body, headers: twin.outbox.headers(delivery, twin.now()) }),
          ),
        webhookSecret,
        webhookPath: '/webhooks/a',
      },
      close: reached.close,
    };
    return target;
  };
}

async function reach(
  twin: Twin,
  via: Via,
  host: string,
  break_: (fetch: WireFetch) => WireFetch,
): Promise<Reached> {
  const fetch = break_(twin.fetch);
  if (via === 'direct') return { baseUrl: `https://${host}`, fetch, close: async () => undefined };
  if (via === 'msw') {
    mount(host, fetch);
    return { baseUrl: `https://${host}`, fetch: networkFetch, close: async () => unmount(host) };
  }
  const { url, close } = await serveTwin({ fetch }, { port: 0, host: '127.0.0.1' });
  return { baseUrl: url, fetch: networkFetch, close };
}
