import type { PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { LoadedProfile } from '../../checklist/profile/index.js';
import type { SystemContract } from '../../contract/api-description.js';
import type { Adapt } from '../../contract/http/adapter.js';
import { credentialsFromEnv, withBaseUrl, type Env } from '../../contract/http/credentials.js';
import { apiFor } from '../../contract/http/entity-api.js';
import { hostOf } from '../../contract/http/host-of.js';
import { InputError } from '../../document/input-error.js';
import type { SystemAccess } from '../../drivers/remote/settings.js';
import { isLoopback } from '../serve/options.js';

export type AccessInput = {
  loaded: LoadedProfile;
  plan: SyncPlan;
  env: Env;
  allowProduction: boolean;
  adapters: ReadonlyMap<string, Adapt>;
  /** A secret out of the environment. Errors: `InputError`. */
  secret: (name: string, where: string) => string;
};

type Remote = NonNullable<LoadedProfile['profile']['remote']>;
type RemoteSystem = Remote['systems'][string];

/** Where a system of a remote run is, its credentials and its bounds. Errors: `InputError`. */
export function systemAccess(input: AccessInput, remote: Remote, side: Side): SystemAccess {
  const { loaded, plan, allowProduction, adapters } = input;
  const contract = plan.systems[side];
  const { key, name } = contract;
  const own = remote.systems[key];
  const place = (...path: PropertyKey[]) => `${loaded.path}:${loaded.lineOf(path)}`;
  if (own?.production === true && !allowProduction)
    throw new InputError({
      code: 'production',
      message: `the ${name} is marked as production`,
      where: place('remote', 'systems', key, 'production'),
      expected: 'a system made for tests',
      found: 'production: true',
      remedy: 'run against another one, or give --allow-production when you are sure',
    });
  const isDescribed = loaded.profile.systems[key]?.api !== undefined;
  const where = isDescribed
    ? described(input, contract, own, place('remote', 'systems', key))
    : undescribed(input, contract, own, place);
  demandDeleting(contract, plan.pairs, side, place('systems', key, isDescribed ? 'api' : 'contract'));
  const { rateLimit = {} } = contract.api;
  const least = (...bounds: (number | undefined)[]) =>
    Math.min(...bounds.filter((bound) => bound !== undefined));
  return {
    ...where,
    production: own?.production === true,
    adapt: adapters.get(key) ?? null,
    limits: {
      connections: least(own?.connections ?? remote.connections, rateLimit.concurrent),
      requestsPerSecond: least(own?.requestsPerSecond ?? remote.requestsPerSecond, rateLimit.perSecond),
    },
  };
}

type Place = Pick<SystemAccess, 'baseUrl' | 'credentials'>;

function described(
  { env }: AccessInput,
  contract: SystemContract,
  own: RemoteSystem | undefined,
  where: string,
): Place {
  const { key, name } = contract;
  if (own?.baseUrl !== undefined || own?.credentials !== undefined)
    throw new InputError({
      code: 'two-places',
      message: `the profile says twice where the ${name} is or which credentials it takes`,
      where,
      expected: `base URL and credentials under systems.${key}.api alone`,
      found: `${own.baseUrl === undefined ? 'credentials' : 'baseUrl'} under remote.systems.${key} too`,
      remedy: `remove baseUrl and credentials from remote.systems.${key}`,
    });
  const { api } = withBaseUrl(contract, env);
  const host = hostOf(api.baseUrl);
  const isNamed = own?.hosts.some((one) => one === new URL(api.baseUrl).host || one === host) === true;
  if (api.baseUrlEnv !== undefined && !isNamed && !isLoopback(new URL(api.baseUrl).hostname))
    throw new InputError({
      code: 'host-not-named',
      message: `the base URL in ${api.baseUrlEnv} lies at a host that the profile does not name`,
      where,
      expected: own?.hosts.join(', ') || `an entry "hosts" under remote.systems.${key}`,
      found: host,
      remedy: `add the host to remote.systems.${key}.hosts if it is a system for tests`,
    });
  return { baseUrl: api.baseUrl, credentials: credentialsFromEnv(contract, env) };
}

/** A system of a built-in convention, told by the run alone. */
function undescribed(
  { secret }: AccessInput,
  { key, name }: SystemContract,
  own: RemoteSystem | undefined,
  place: (...path: PropertyKey[]) => string,
): Place {
  if (own?.baseUrl === undefined)
    throw new InputError({
      code: 'no-remote-system',
      message: `the profile does not say where the ${name} is`,
      where: place('systems', key),
      expected: `an entry "api" with its baseUrl under systems.${key}`,
      found: 'none',
      remedy: 'describe its API as docs/systems.md shows; syncproof init --template offers beginnings',
    });
  const { credentials = {} } = own;
  const of = (which: 'key' | 'clientId' | 'clientSecret') => {
    const variable = credentials[which];
    return variable === undefined
      ? ''
      : secret(variable, place('remote', 'systems', key, 'credentials', which));
  };
  return {
    baseUrl: own.baseUrl,
    credentials: { key: of('key'), clientId: of('clientId'), clientSecret: of('clientSecret') },
  };
}

/** What cannot be deleted cannot be cleaned up, so that nothing is made there. */
function demandDeleting(contract: SystemContract, pairs: PairPlan[], side: Side, where: string): void {
  for (const pair of pairs) {
    const entity = contract.entities.find((one) => one.name === pair.entity[side]);
    if (entity === undefined || apiFor(contract.api, entity).routes.remove !== null) continue;
    throw new InputError({
      code: 'cannot-clean-up',
      message: `no ${entity.name} can be deleted in the ${contract.name}, so that a run could not clean up`,
      where,
      expected: 'a route "remove"',
      found: 'remove: none',
      remedy: 'name the route, or give an adapter that does what comes next to deleting, such as cancelling',
    });
  }
}
