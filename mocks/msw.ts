import { toResponse, type WireFetch } from '../src/contract/wire.js';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

const mounted = new Map<string, WireFetch>();
let server: ReturnType<typeof setupServer> | null = null;

/** Intercepts every request to a mounted host; one catch-all hands it to the host's app. */
export function mount(host: string, handler: WireFetch): void {
  mounted.set(host, handler);
  if (server !== null) return;
  const fresh = setupServer(
    http.all('*', async ({ request }) => {
      const found = mounted.get(new URL(request.url).host);
      if (found === undefined) return undefined;
      try {
        return await toResponse(await found(request));
      } catch (error) {
        if (error instanceof TypeError) return HttpResponse.error();
        throw error;
      }
    }),
  );
  fresh.listen({ onUnhandledRequest: 'bypass' });
  server = fresh;
}

/** Gives the platform its own fetch and headers back with the last host. */
export function unmount(host: string): void {
  mounted.delete(host);
  if (mounted.size > 0) return;
  server?.close();
  server = null;
}
