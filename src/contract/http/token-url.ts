import type { ApiDescription } from '../api-description.js';

/** Where a token is issued and where it lies in the answer; null for an API whose credentials need none. */
export function tokenSource({ auth, baseUrl }: ApiDescription): { url: string; token: string } | null {
  if (auth.kind !== 'login' && auth.kind !== 'client-credentials') return null;
  const path = auth.kind === 'login' ? auth.path : auth.tokenPath;
  return {
    url: /^https?:\/\//.test(path) ? path : `${baseUrl}${path}`,
    token: auth.kind === 'login' ? auth.token : 'access_token',
  };
}

/** The URLs at which a system is called: its base URL, and where its token is issued. */
export function urlsOf(api: ApiDescription): string[] {
  const source = tokenSource(api);
  return source === null ? [api.baseUrl] : [api.baseUrl, source.url];
}
