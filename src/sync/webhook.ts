import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SystemContract, WebhookScheme } from '../contract/api-description.js';
import type { Json } from '../contract/field.js';
import { isObject } from './json.js';
import type { Credentials } from './transport.js';

/** True for an event that is signed over its raw bytes, fresh, and meant for our account (I25, I26). */
export function isAuthentic(
  scheme: WebhookScheme,
  credentials: Credentials,
  body: string,
  headers: Pick<Headers, 'get'>,
  path: string,
  now: number,
): boolean {
  const timestamp = headers.get(scheme.timestampHeader) ?? '';
  const given = headers.get(scheme.signatureHeader) ?? '';
  const sent = Number(timestamp);
  if (!/^\d{1,16}$/.test(timestamp) || Math.abs(now - sent) > scheme.toleranceMs) return false;
  if (headers.get(scheme.accountHeader) !== credentials.account) return false;
  const mac = createHmac('sha256', credentials.webhookSecret);
  const expected =
    scheme.scheme === 'hex-timestamp-body'
      ? `sha256=${mac.update(`${timestamp}.`).update(body).digest('hex')}`
      : mac.update(`POST${path}`).update(body).update(timestamp).digest('base64');
  const [one, two] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === two.length && timingSafeEqual(one, two);
}

/** The records that an event names; its data is never used, so that order and age do not matter (I15). */
export function recordsOf(contract: SystemContract, body: string): { entity: string; id: string }[] {
  let parsed: Json;
  try {
    parsed = JSON.parse(body) as Json;
  } catch {
    return [];
  }
  const events = Array.isArray(parsed) ? parsed : [parsed];
  return events.flatMap((event) => {
    if (!isObject(event)) return [];
    const name = event['objectType'] ?? String(event['event'] ?? '').replace(/\.[a-z]+$/, '');
    const id = event['objectId'] ?? event['id'];
    const entity = contract.entities.find((one) => one.name.toLowerCase() === String(name).toLowerCase());
    return entity === undefined || id === undefined || id === null
      ? []
      : [{ entity: entity.name, id: String(id) }];
  });
}
