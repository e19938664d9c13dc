import type { SystemContract } from '../../src/contract/api-description.js';
import { sign } from './signature.js';
import type { ChangeEvent } from './store.js';

/** A webhook to be delivered: the raw body is fixed, the headers are made when it is sent. */
export type Delivery = { id: string; body: string };

export type OutboxOptions = {
  contract: SystemContract;
  secret: string;
  account: string;
  /** URL path of the subscriber's endpoint, part of some signatures. */
  path: string;
  isoTime: (at: number) => string;
  /** Begins the id of each delivery; a provider that is started again must not use one twice. */
  idPrefix: string;
};

/** Webhooks in the order of their changes, waiting for the harness to deliver them. */
export class Outbox {
  pending: Delivery[] = [];
  delivered: Delivery[] = [];
  private count = 0;

  constructor(private readonly options: OutboxOptions) {}

  push(event: ChangeEvent): void {
    this.count += 1;
    const id = `${this.options.idPrefix}-${this.count}`;
    this.pending.push({ id, body: this.render(this.payload(event, id)) });
  }

  headers(delivery: Delivery, now: number): Record<string, string> {
    const scheme = this.options.contract.api.webhooks;
    if (scheme === null) return {};
    const timestamp = String(now);
    return {
      'content-type': 'application/json',
      [scheme.deliveryHeader]: delivery.id,
      [scheme.timestampHeader]: timestamp,
      [scheme.accountHeader]: this.options.account,
      [scheme.signatureHeader]: sign(
        scheme,
        this.options.secret,
        delivery.body,
        timestamp,
        this.options.path,
      ),
    };
  }

  /** The webshop writes JSON as many do: slashes and all beyond ASCII escaped. Signatures are made over these bytes. */
  private render(payload: unknown): string {
    const text = JSON.stringify(payload);
    if (this.options.contract.api.webhooks?.scheme !== 'hex-timestamp-body') return text;
    const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return text.replaceAll('/', String.raw`\/`).replaceAll(/[^\u0020-\u007e]/g, escaped);
  }

  private payload(event: ChangeEvent, id: string): unknown {
    const { entity, kind, row, changed, at } = event;
    if (this.options.contract.api.webhooks?.scheme === 'hex-timestamp-body') {
      const name = entity.name.toLowerCase();
      const data = kind === 'deleted' ? null : row.fields;
      return {
        event: `${name}.${kind}`,
        id: toId(row.id),
        occurred_at: this.options.isoTime(at),
        changed,
        data,
      };
    }
    const change = kind === 'deleted' ? 'archived' : kind;
    return [{ eventId: id, objectType: entity.name, objectId: row.id, change, occurredAt: at, changed }];
  }
}

const toId = (id: string): number | string => (/^\d+$/.test(id) ? Number(id) : id);
