import { createHmac } from 'node:crypto';
import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { ContractFailure, expectTrue, NotOffered, type ContractCheck } from './check.js';
import { NO_CONTROL, type Make } from './make-check.js';
import type { Probe } from './probe.js';

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

/** What a system tells of changes by itself. */
export function webhookChecks(contract: SystemContract, entity: EntityContract, make: Make): ContractCheck[] {
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
      expectTrue(
        event.body.toLowerCase().includes(entity.name.toLowerCase()),
        'the event does not name its entity',
      );
      expectTrue(/"(?:id|objectId)":/.test(event.body), 'the event names no id');
    }),
  ];
}
