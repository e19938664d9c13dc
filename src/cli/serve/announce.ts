import type { SystemContract } from '../../contract/api-description.js';
import { shown } from '../package-root.js';
import { harnessVariables, type Variable } from './credentials.js';
import { judgeLines } from './judge-lines.js';
import type { ServeOptions } from './options.js';
import type { Planned } from './plan.js';

/** A role that is up in this process. */
export type Role = { role: string; url: string };

type Announcement = {
  planned: Planned;
  roles: Role[];
  systems: SystemContract[];
  variables: Variable[];
  options: ServeOptions;
  isSet: (variable: string) => boolean;
};

/** What a user needs to begin: URLs, names of variables (never what they hold), and lines to try. */
export function renderAnnouncement(announcement: Announcement): string {
  const { planned, roles, systems, variables, options } = announcement;
  const width = Math.max(...roles.map(({ role }) => role.length));
  const longest = Math.max(0, ...variables.map(({ name }) => name.length));
  const lines = [
    `syncproof serves ${shown(planned.documentPath)}`,
    '',
    ...roles.map(({ role, url }) => `  ${role.padEnd(width)}  ${url}  ${noteOf(role, options)}`),
    '',
    ...faultLines(planned),
    ...(variables.length === 0
      ? []
      : [
          'Credentials are read from these variables; one of the playground that is not set has its default:',
        ]),
    ...variables.map(({ name, use }) => `  ${name.padEnd(longest)}  ${use}`),
    '',
    ...writtenLines(options),
    options.writeProfile === null ? 'Try:' : 'Try in another terminal:',
    ...roles.flatMap(({ role, url }) => curlLines(role, url, systems)),
    ...judgeLines(announcement).map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function noteOf(role: string, { db, data, pollMs }: ServeOptions): string {
  if (role !== 'sync') return data === null ? 'records in memory' : `records in ${shown(data)}`;
  const polls = pollMs === 0 ? 'works when POST /sync asks' : `polls every ${pollMs} ms`;
  return `${polls}, state in ${db === null ? 'memory' : shown(db)}`;
}

const writtenLines = ({ writeProfile }: ServeOptions): string[] =>
  writeProfile === null
    ? []
    : [
        `The profile ${shown(writeProfile)} tells a run where all of it is. It holds names of variables only.`,
        '',
      ];

function faultLines({ fault }: Planned): string[] {
  if (fault === null) return [];
  const policies = Object.entries(fault.policies).map(([name, value]) => `${name}: ${String(value)}`);
  const under = policies.length === 0 ? [] : [`  under the policies ${policies.join(', ')}`];
  return [`The sync has fault ${fault.id}: ${fault.title}`, ...under, ''];
}

/** Reads the variables of the user's own shell, with the default of those that are not set. */
function curlLines(role: string, url: string, systems: SystemContract[]): string[] {
  if (role === 'sync') return [`  curl ${url}/status`];
  const system = systems.find((one) => one.key === role);
  const [key] = system === undefined ? [] : harnessVariables(system);
  if (system?.api.auth.kind !== 'api-key-header' || key === undefined) return [];
  const read = ({ name, fallback }: Variable) => `\${${name}:-${fallback}}`;
  const path = system.api.routes.list.path.replace('{collection}', system.entities[0]?.collection ?? '');
  return [`  curl -H "${system.api.auth.header}: ${read(key)}" ${url}${path}`];
}
