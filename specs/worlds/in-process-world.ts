import { createTwin } from '../../mocks/twin/twin.js';
import { networkFetch } from '../../src/contract/wire.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import { inProcessTarget, type InProcessOptions } from '../../src/drivers/in-process.js';
import type { Target } from '../../src/drivers/ports.js';
import type { TwinPort } from '../../src/drivers/twin-port.js';

let worlds = 0;

/** The reference sync on the twins, reached by direct calls or through MSW. */
export function referenceTarget(
  plan: SyncPlan,
  via: 'msw' | 'direct',
  options: Partial<Pick<InProcessOptions, 'breakage' | 'makeStore'>> = {},
): Target {
  return inProcessTarget({
    plan,
    makeTwin: ({ side, contract, ...rest }) => {
      worlds += 1;
      const baseUrl = `https://${contract.key}-${side}${worlds}.test`;
      const own = { ...contract, api: { ...contract.api, baseUrl } };
      return createTwin({ contract: own, side, ...rest });
    },
    reach: via === 'msw' ? throughMsw : directly,
    ...options,
  });
}

const directly = (twin: TwinPort) => ({ fetch: twin.fetch, release: () => undefined });

/** Loaded when it is asked for only: it costs more to load than all the rest. */
async function throughMsw(twin: TwinPort) {
  const { mount, unmount } = await import('../../mocks/msw.js');
  const host = new URL(twin.contract.api.baseUrl).host;
  mount(host, twin.fetch);
  return { fetch: networkFetch, release: () => unmount(host) };
}
