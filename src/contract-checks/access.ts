import { createHmac } from 'node:crypto';
import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import {
  ContractFailure,
  expectStatus,
  expectTrue,
  isBreaking,
  NotOffered,
  type CheckTraits,
  type ContractCheck,
} from './check.js';
import type { Make } from './operations.js';
import { Probe } from './probe.js';

const NO_CONTROL = 'verify it against the stand-in, or in a sandbox of the provider';

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
  const listPath = api.routes.list.path.replace('{collection}', entity.collection);
  const checks = [
    make('authentication', 'missing', 'A call without a credential is refused with 401', async (probe) => {
      const answer = await probe.send('GET', listPath);
      if (api.auth.kind === 'none' && answer.status === 200)
        throw new NotOffered('the provider asks for no credential', 'protect it by other means');
      expectStatus(answer.status, 401, 'a call without a credential');
      probe.expectProblem(answer.body);
    }),
    make('authentication', 'wrong', 'A call with a wrong credential is refused with 401', async (probe) => {
      if (api.auth.kind === 'none')
        throw new NotOffered('the provider asks for no credential', 'protect it by other means');
      const headers: Record<string, string> =
        api.auth.kind === 'api-key-header'
          ? { [api.auth.header]: 'guess' }
          : { authorization: api.auth.kind === 'basic' ? 'Basic Z3Vlc3M6Z3Vlc3M=' : 'Bearer guess' };
      const query = api.auth.kind === 'api-key-query' ? `?${api.auth.param}=guess` : '';
      expectStatus((await probe.send('GET', listPath, { headers, query })).status, 401, 'a wrong credential');
    }),
    make('routing', 'unknown-collection', 'An unknown collection is 404', async (probe) => {
      const path = api.routes.list.path.replace('{collection}', 'surely_unknown');
      expectStatus(
        (await probe.send('GET', path, { headers: await probe.authorised() })).status,
        404,
        'an unknown collection',
      );
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
          const headers = await limited.authorised();
          let last = await limited.send('GET', listPath, { headers });
          for (let call = 0; call < 5 && last.status !== 429; call++)
            last = await limited.send('GET', listPath, { headers });
          expectStatus(last.status, 429, 'the call beyond the limit');
          expectTrue(Number(last.headers.get('retry-after')) > 0, 'Retry-After is missing');
          limited.expectProblem(last.body);
          target.control?.advance(61_000);
          expectStatus(
            (await limited.send('GET', listPath, { headers })).status,
            200,
            'a call after the wait',
          );
        } finally {
          await target.close();
        }
      },
    ),
  ];
  if (api.auth.kind === 'client-credentials') checks.push(...tokenChecks(contract, entity, make));
  checks.push(...webhookChecks(contract, entity, make));
  return checks;
}

function tokenChecks({ api }: SystemContract, entity: EntityContract, make: Make): ContractCheck[] {
  const path = api.routes.list.path.replace('{collection}', entity.collection);
  return [
    make('issueToken', 'wrong-client', 'An unknown client gets no token', async (probe) => {
      if (api.auth.kind !== 'client-credentials') return;
      const body = { grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'guess' };
      expectStatus(
        (await probe.send('POST', api.auth.tokenPath, { body })).status,
        [400, 401],
        'an unknown client',
      );
    }),
    make('issueToken', 'expires', 'A token expires, and a new one lets in again', async (probe) => {
      const { control } = probe.target;
      if (control === null) throw new NotOffered('the clock of a live provider cannot be moved', NO_CONTROL);
      const headers = await probe.authorised();
      control.advance(2 * 3_600_000);
      expectStatus((await probe.send('GET', path, { headers })).status, 401, 'an expired token');
      const fresh = { authorization: `Bearer ${await probe.newToken()}` };
      expectStatus((await probe.send('GET', path, { headers: fresh })).status, 200, 'a fresh token');
    }),
  ];
}

/** The signature of a body as the scheme says, written apart from any sender. */
function expectedSignature(
  contract: SystemContract,
  secret: string,
  body: string,
  timestamp: string,
  path: string,
): string {
  const mac = createHmac('sha256', secret);
  return contract.api.webhooks?.scheme === 'hex-timestamp-body'
    ? `sha256=${mac.update(`${timestamp}.${body}`, 'utf8').digest('hex')}`
    : mac.update(`POST${path}${body}${timestamp}`, 'utf8').digest('base64');
}

function webhookChecks(contract: SystemContract, entity: EntityContract, make: Make): ContractCheck[] {
  const { webhooks } = contract.api;
  const lastEvent = async (probe: Probe) => {
    const { control } = probe.target;
    if (webhooks === null)
      throw new NotOffered('the description names no events', 'changes are found by polling alone');
    if (control === null) throw new NotOffered('a live provider sends its events elsewhere', NO_CONTROL);
    await probe.create(entity);
    const event = control.events().at(-1);
    if (event === undefined) throw new ContractFailure('a change sends no event');
    return { event, control };
  };
  return [
    make('receiveChange', 'signed', 'Events are signed over their raw body', async (probe) => {
      const { event, control } = await lastEvent(probe);
      const timestamp = event.headers[webhooks?.timestampHeader ?? ''] ?? '';
      const expected = expectedSignature(
        contract,
        control.webhookSecret,
        event.body,
        timestamp,
        control.webhookPath,
      );
      expectTrue(
        event.headers[webhooks?.signatureHeader ?? ''] === expected,
        'the signature is not that of the raw body',
      );
    }),
    make('receiveChange', 'headers', 'Events carry delivery id, time and account', async (probe) => {
      const { event } = await lastEvent(probe);
      for (const name of [webhooks?.deliveryHeader, webhooks?.timestampHeader, webhooks?.accountHeader])
        expectTrue((event.headers[name ?? ''] ?? '') !== '', `${name ?? ''} is missing`);
    }),
    make('receiveChange', 'names-the-record', 'Events name the record that changed', async (probe) => {
      const { event } = await lastEvent(probe);
      expectTrue(new RegExp(entity.name, 'i').test(event.body), 'the event does not name its entity');
      expectTrue(/"(?:id|objectId)":/.test(event.body), 'the event names no id');
    }),
  ];
}
