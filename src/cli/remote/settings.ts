import { randomBytes } from 'node:crypto';
import type { SyncPlan } from '../../checklist/plan.js';
import type { LoadedProfile } from '../../checklist/profile/index.js';
import type { Adapt } from '../../contract/http/adapter.js';
import { secretsOf as secretsIn, type Env } from '../../contract/http/credentials.js';
import { InputError } from '../../document/input-error.js';
import { makeRunTag } from '../../drivers/remote/run-tag.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';
import { systemAccess } from './system-access.js';

type Asked = {
  allowProduction: boolean;
  env: Env;
  runTag: string | null;
  adapters: ReadonlyMap<string, Adapt>;
};

/** What the profile says about the deployed sync, with the secrets of the environment. Errors: `InputError`. */
export function remoteSettings(profile: LoadedProfile | null, plan: SyncPlan, asked: Asked): RemoteSettings {
  const remote = profile?.profile.remote;
  if (profile === null || remote === undefined) {
    throw new InputError({
      code: 'no-remote',
      message: 'the profile does not say where the deployed systems are',
      where: profile?.path ?? 'no profile',
      expected: 'an entry "remote" with the two systems and the sync',
      found: 'none',
      remedy: 'add it as docs/remote.md shows, or run without --target remote',
    });
  }
  const { sync } = remote;
  const place = (...path: PropertyKey[]) => `${profile.path}:${profile.lineOf(['remote', ...path])}`;
  const secret = (name: string, where: string): string => {
    const value = asked.env[name];
    if (value !== undefined && value !== '') return value;
    throw new InputError({
      code: 'secret-missing',
      message: `the environment variable ${name} is not set`,
      where,
      expected: `the secret in the environment variable ${name}`,
      found: value === undefined ? 'no such variable' : 'an empty one',
      remedy: 'set it before the run; secrets never stand in a profile',
    });
  };
  const headers = Object.fromEntries(
    Object.entries(sync.headers).map(([header, name]) => [
      header,
      secret(name, place('sync', 'headers', header)),
    ]),
  );
  const input = { loaded: profile, plan, secret, ...asked };
  const isCalled = sync.kind === 'trigger' || sync.kind === 'webhook';
  return {
    runTag: asked.runTag ?? remote.runTag ?? makeRunTag(randomBytes(6)),
    systems: { a: systemAccess(input, remote, 'a'), b: systemAccess(input, remote, 'b') },
    sync: {
      kind: sync.kind,
      url: isCalled ? sync.url : null,
      method: isCalled ? sync.method : 'POST',
      status: sync.status ?? null,
      links: sync.links ?? null,
      headers,
    },
    settleMs: remote.settleMs,
    absenceMs: remote.absenceMs ?? remote.settleMs,
    quietMs: remote.quietMs,
    pollMs: remote.pollMs,
    requestMs: remote.requestMs,
    outageMs: remote.outageMs,
    largestBody: remote.largestBody,
    concurrency: remote.concurrency,
    connections: remote.connections,
    requestsPerSecond: remote.requestsPerSecond,
  };
}

/** All secrets of a run, to be kept out of everything that is shown. */
export function secretsOf(settings: RemoteSettings): string[] {
  const held = Object.values(settings.systems).flatMap(({ credentials }) => [
    ...secretsIn(credentials),
    credentials.clientId,
  ]);
  return [...held, ...Object.values(settings.sync.headers)].filter((secret) => secret !== '');
}
