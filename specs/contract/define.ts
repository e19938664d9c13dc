import { inject, test } from 'vitest';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { networkFetch } from '../../src/contract/wire.js';
import { contractChecks, runContractCheck, runServiceCheck } from '../../src/contract-checks/run.js';
import { SERVICE_CHECKS } from '../../src/contract-checks/service.js';
import type { OpenTarget } from '../../src/contract-checks/target.js';
import type { ContractRequest } from '../../src/run/run-request.js';
import { openService } from './service-target.js';
import { twinTarget } from './targets.js';

const ALL: ContractRequest = { system: null, baseUrl: null, credentials: null, seed: 1 };

/** Makes one test for each check of the asked systems. */
export function defineContract(): void {
  const { system, baseUrl, credentials, seed } = inject('contract') ?? ALL;
  for (const contract of [webshopContract(), crmContract()]) {
    if (system !== null && system !== contract.key) continue;
    const live: OpenTarget = async () => ({
      name: baseUrl ?? '',
      contract: { ...contract, api: { ...contract.api, baseUrl: baseUrl ?? contract.api.baseUrl } },
      fetch: networkFetch,
      credentials: credentials ?? { key: '', clientId: '', clientSecret: '' },
      control: null,
      close: async () => undefined,
    });
    const open = baseUrl === null ? twinTarget(contract, 'msw') : live;
    for (const check of contractChecks(contract)) {
      test(check.id, async (context) => {
        const outcome = await runContractCheck(check, open, seed);
        context.task.meta.contract = outcome;
        if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
        if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
      });
    }
  }
  if (baseUrl !== null || (system !== null && system !== 'sync')) return;
  for (const check of SERVICE_CHECKS) {
    test(check.id, async (context) => {
      const outcome = await runServiceCheck(check, () => openService('msw'));
      context.task.meta.contract = outcome;
      if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
    });
  }
}
