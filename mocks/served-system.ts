import { randomUUID } from 'node:crypto';
import type { SystemContract } from '../src/contract/api-description.js';
import type { WireFetch } from '../src/contract/wire.js';
import type { Exchange } from '../src/drivers/ports.js';
import { serveTwin, type Served } from './serve.js';
import type { Credentials } from './twin/call.js';
import { openRecordFile } from './twin/record-file.js';
import { createTwin } from './twin/twin.js';
import { WebhookSender, type SenderEvent } from './webhook-sender.js';

export type ServedSystemOptions = {
  contract: SystemContract;
  credentials: Credentials;
  host: string;
  port: number;
  /** File that keeps the records over a restart; null: they are gone with the process. */
  dataFile: string | null;
  /** Path of the sync's endpoint for events, part of some signatures. */
  webhookPath: string;
  /** Where events go to, asked for each; null: nowhere. */
  webhookUrl: () => string | null;
  /** Each call that was answered; bodies and queries are for the caller to leave out. */
  onCall: (call: Exchange) => void;
  onWebhook: (event: SenderEvent) => void;
};

/** A twin as a real HTTP server on the real clock that sends its own webhooks. Errors: `RecordFileError`, `listen`. */
export async function serveSystem(options: ServedSystemOptions): Promise<Served> {
  const { contract, credentials, dataFile, host, port } = options;
  const file = dataFile === null ? null : openRecordFile(dataFile, contract);
  let seq = 0;
  const twin = createTwin({
    contract,
    credentials,
    clock: { now: Date.now },
    nextSeq: () => (seq += 1),
    webhookPath: options.webhookPath,
    newToken: randomUUID,
    deliveryPrefix: `${contract.key}-${randomUUID().slice(0, 8)}`,
    ...(file === null ? {} : { idsGiven: file.idsGiven }),
  });
  if (file !== null) {
    twin.store.restore(file.snapshot);
    const send = twin.store.onChange;
    twin.store.onChange = (event) => {
      file.append(event);
      send(event);
    };
  }
  const sender = new WebhookSender({
    outbox: twin.outbox,
    url: options.webhookUrl,
    now: twin.now,
    tell: options.onWebhook,
  });
  const answer: WireFetch = async (request) => {
    const response = await twin.fetch(request);
    twin.journal.splice(0).forEach(options.onCall);
    sender.wake();
    return response;
  };
  const served = await serveTwin({ fetch: answer }, { port, host }).catch((error: unknown) => {
    file?.close();
    throw error;
  });
  return {
    url: served.url,
    async close() {
      await served.close();
      await sender.close();
      file?.close();
    },
  };
}
