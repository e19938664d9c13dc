import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { toResponse, type WireFetch } from '../src/contract/wire.js';

export type Served = { url: string; close: () => Promise<void> };

/** Puts a twin (or anything that answers requests) on a port; 0 takes a free one. Errors: those of `listen`. */
export async function serveTwin(
  twin: { fetch: WireFetch },
  { port, host }: { port: number; host: string },
): Promise<Served> {
  const server = createAdaptorServer({
    // MSW takes an error answer for a good one once the platform's Response is replaced.
    overrideGlobalObjects: false,
    fetch: async (request: Request) => toResponse(await twin.fetch(request)),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  return { url: `http://${name}:${taken}`, close };
}
