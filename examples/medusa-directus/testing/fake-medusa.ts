import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../medusa-records.js';
import { Catalogue, Refused } from './fake-records.js';

export type Asked = { method: string; path: string; query: URLSearchParams; body: JsonObject };

export type FakeMedusa = {
  url: string;
  /** Calls in their order. */
  asked: Asked[];
  close(): Promise<void>;
};

const KEY = `Basic ${Buffer.from('sk_fake:').toString('base64')}`;
export const FAKE_KEY = KEY;

/** The part of Medusa's admin API that the adapter speaks, over HTTP on a free loopback port, with records in memory. */
export async function startFakeMedusa(): Promise<FakeMedusa> {
  const asked: Asked[] = [];
  const catalogue = new Catalogue();
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace('/admin/', '');
    const call = { method: request.method ?? '', path, query: url.searchParams, body: await read(request) };
    asked.push(call);
    const { status, body } =
      request.headers.authorization === KEY
        ? answerOf(catalogue, call)
        : { status: 401, body: { message: 'Unauthorized' } };
    answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerOf(catalogue: Catalogue, call: Asked): { status: number; body: JsonObject } {
  try {
    return { status: 200, body: route(catalogue, call) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, body: { type: error.type, message: error.message } };
  }
}

function route(catalogue: Catalogue, { method, path, query, body }: Asked): JsonObject {
  const [kind = '', id, action] = path.split('/');
  if (kind === 'regions') return { regions: [{ id: 'reg_1' }] };
  if (kind === 'draft-orders') {
    if (action === 'convert-to-order') return { order: catalogue.convert(id ?? '') };
    return { draft_order: catalogue.draft(body) };
  }
  const one = kind.replace(/s$/, '');
  if (method === 'GET' && id === undefined) return { [kind]: catalogue.list(kind, query) };
  if (method === 'GET') return { [one]: catalogue.get(kind, id ?? '') };
  if (method === 'DELETE' && kind !== 'orders') return catalogue.remove(kind, id ?? '');
  if (action === 'cancel') return { order: catalogue.cancel(id ?? '') };
  if (method !== 'POST') throw new Refused(404, 'not_found', `there is no ${method} ${path}`);
  return { [one]: id === undefined ? catalogue.make(kind, body) : catalogue.update(kind, id, body) };
}

async function read(request: IncomingMessage): Promise<JsonObject> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}
