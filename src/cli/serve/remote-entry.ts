import type { RemoteEntry } from '../../checklist/profile/index.js';
import type { SystemContract } from '../../contract/api-description.js';
import type { Role } from './announce.js';
import { harnessVariables } from './credentials.js';
import type { ServeOptions } from './options.js';

type Served = { systems: SystemContract[]; roles: Role[] };

const LEAST_SETTLE_MS = 30_000;
const SLACK_MS = 1000;

/** How a run reaches what is served: real URLs, credentials by the names that the announcement tells. */
export function remoteEntry({ systems, roles }: Served, { pollMs }: Pick<ServeOptions, 'pollMs'>) {
  const urlOf = (key: string) => roles.find(({ role }) => role === key)?.url ?? '';
  // A system may have the key "sync" too; the sync is up last.
  const sync = roles.at(-1)?.url ?? '';
  const asked = { status: `${sync}/status`, links: `${sync}/links` };
  return {
    systems: Object.fromEntries(
      systems.map((system) => [
        system.key,
        {
          baseUrl: urlOf(system.key),
          credentials: Object.fromEntries(harnessVariables(system).map(({ key, name }) => [key, name])),
        },
      ]),
    ),
    sync: pollMs === 0 ? { kind: 'trigger', url: `${sync}/sync`, ...asked } : { kind: 'none', ...asked },
    settleMs: Math.max(LEAST_SETTLE_MS, 5 * pollMs),
    // Two rounds, in which the sync has done what it does by mistake.
    absenceMs: 2 * pollMs + SLACK_MS,
    // Nobody else uses these systems.
    connections: 16,
    requestsPerSecond: 2000,
  } satisfies RemoteEntry;
}
