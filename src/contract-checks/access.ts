import type { SystemContract } from '../contract/api-description.js';
import { apiFor } from '../contract/http/entity-api.js';
import { tokenSource } from '../contract/http/token-url.js';
import {
  expectStatus,
  expectTrue,
  isBreaking,
  NotOffered,
  type CheckTraits,
  type ContractCheck,
} from './check.js';
import { NO_CONTROL } from './make-check.js';
import { Probe } from './probe.js';
import { tokenChecks, WRONG } from './tokens.js';
import { webhookChecks } from './webhooks.js';

/** Authentication, rate limit and webhooks: what belongs to a system and not to one entity. */
export function accessChecks(contract: SystemContract): ContractCheck[] {
  const { api, key } = contract;
  const [entity] = contract.entities;
  if (entity === undefined) return [];
  const make = (
    operation: string,
    topic: string,
    title: string,
    run: ContractCheck['run'],
    traits: CheckTraits = {},
  ): ContractCheck => ({
    id: `${key}/${operation}/${topic}`,
    system: key,
    entity: null,
    operation,
    title,
    breaking: isBreaking(topic),
    run,
    ...traits,
  });
  const { list } = apiFor(api, entity).routes;
  const checks = [
    make('authentication', 'missing', 'A call without a credential is refused with 401', async (probe) => {
      const answer = await probe.send(list.method, probe.urlOf(list, entity));
      if (api.auth.kind === 'none' && answer.status === 200)
        throw new NotOffered('the provider asks for no credential', 'protect it by other means');
      expectStatus(answer.status, 401, 'a call without a credential');
      probe.expectProblem(answer.body);
    }),
    make('authentication', 'wrong', 'A call with a wrong credential is refused with 401', async (probe) => {
      if (api.auth.kind === 'none')
        throw new NotOffered('the provider asks for no credential', 'protect it by other means');
      const isIssued = api.auth.kind === 'login' || api.auth.kind === 'client-credentials';
      const url = probe.urlOf(list, entity);
      const call = isIssued
        ? { url, headers: { authorization: 'Bearer guess' } }
        : await probe.letIn(url, probe.as(WRONG));
      const { status } = await probe.send(list.method, call.url, { headers: call.headers });
      expectStatus(status, 401, 'a wrong credential');
    }),
    make('routing', 'unknown-collection', 'An unknown collection is 404', async (probe) => {
      const unknown = { ...entity, collection: 'surely_unknown' };
      const { status } = await probe.call(list, unknown, null);
      expectStatus(status, 404, 'an unknown collection');
    }),
    make(
      'rate-limit',
      'retry-after',
      'Too many calls are answered with 429 and Retry-After',
      async (probe) => {
        if (probe.target.control === null)
          throw new NotOffered('a live provider is not driven into its limit', NO_CONTROL);
        const target = await probe.open({ callsPerMinute: 3 });
        try {
          const limited = new Probe(target, probe.open, 1);
          const { url, headers } = await limited.letIn(limited.urlOf(list, entity));
          let last = await limited.send(list.method, url, { headers });
          for (let call = 0; call < 5 && last.status !== 429; call++)
            last = await limited.send(list.method, url, { headers });
          expectStatus(last.status, 429, 'the call beyond the limit');
          expectTrue(Number(last.headers.get('retry-after')) > 0, 'Retry-After is missing');
          limited.expectProblem(last.body);
          target.control?.advance(61_000);
          expectStatus(
            (await limited.send(list.method, url, { headers })).status,
            200,
            'a call after the wait',
          );
        } finally {
          await target.close();
        }
      },
    ),
  ];
  if (tokenSource(api) !== null) checks.push(...tokenChecks(contract, entity, make));
  checks.push(...webhookChecks(contract, entity, make));
  return checks;
}
