import { randomBytes } from 'node:crypto';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { LoadedProfile } from '../../checklist/profile/index.js';
import { InputError } from '../../document/input-error.js';
import { makeRunTag } from '../../drivers/remote/run-tag.js';
import type { RemoteSettings, SystemAccess } from '../../drivers/remote/settings.js';

type Env = Record<string, string | undefined>;
type Asked = { allowProduction: boolean; env: Env; runTag: string | null };

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
  const access = (side: Side): SystemAccess => {
    const { key } = plan.systems[side];
    const system = remote.systems[key];
    if (system === undefined)
      throw new InputError({
        code: 'no-remote-system',
        message: `the profile does not say where the ${plan.systems[side].name} is`,
        where: place('systems'),
        expected: `an entry "${key}" with its baseUrl`,
        found: Object.keys(remote.systems).join(', ') || 'none',
        remedy: 'use the keys of systems',
      });
    if (system.production && !asked.allowProduction)
      throw new InputError({
        code: 'production',
        message: `the ${plan.systems[side].name} is marked as production`,
        where: place('systems', key, 'production'),
        expected: 'a system made for tests',
        found: 'production: true',
        remedy: 'run against another one, or give --allow-production when you are sure',
      });
    const named = system.credentials;
    const own = (which: 'key' | 'clientId' | 'clientSecret') => {
      const name = named[which];
      return name === undefined ? '' : secret(name, place('systems', key, 'credentials', which));
    };
    return {
      baseUrl: system.baseUrl,
      production: system.production,
      credentials: { key: own('key'), clientId: own('clientId'), clientSecret: own('clientSecret') },
    };
  };
  const isCalled = sync.kind === 'trigger' || sync.kind === 'webhook';
  return {
    runTag: asked.runTag ?? remote.runTag ?? makeRunTag(randomBytes(6)),
    systems: { a: access('a'), b: access('b') },
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
  const credentials = Object.values(settings.systems).flatMap((system) => Object.values(system.credentials));
  return [...credentials, ...Object.values(settings.sync.headers)].filter((secret) => secret !== '');
}
