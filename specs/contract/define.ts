import { inject, test } from 'vitest';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import { capable } from '../../src/contract-checks/find-capabilities.js';
import { liveTarget } from '../../src/contract-checks/live-target.js';
import { contractChecks, runContractCheck, runServiceCheck } from '../../src/contract-checks/run.js';
import { SERVICE_CHECKS } from '../../src/contract-checks/service.js';
import type { ContractRequest } from '../../src/run/run-request.js';
import { openService } from './service-target.js';
import { twinTarget } from './targets.js';

const ALL: ContractRequest = {
  subjects: [webshopContract(), crmContract()].map((contract) => ({ contract, live: null })),
  service: true,
  seed: 1,
};

/** Makes one test for each check of what is to be verified. */
export function defineContract(): void {
  const { subjects, service, seed } = inject('contract') ?? ALL;
  for (const { contract, live } of subjects) {
    const open =
      live === null
        ? twinTarget(contract, 'msw')
        : capable(liveTarget(contract, live.credentials), live.capabilities);
    for (const check of contractChecks(contract)) {
      test(check.id, async (context) => {
        const outcome = await runContractCheck(check, open, seed);
        context.task.meta.contract = outcome;
        if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
        if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
      });
    }
  }
  if (!service) return;
  for (const check of SERVICE_CHECKS) {
    test(check.id, async (context) => {
      const outcome = await runServiceCheck(check, () => openService('msw'));
      context.task.meta.contract = outcome;
      if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
    });
  }
}
