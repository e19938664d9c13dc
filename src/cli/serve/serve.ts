import type { SyncPlan } from '../../checklist/plan.js';
import { standInPlan } from '../../checklist/stand-ins.js';
import type { Side } from '../../checklist/policies.js';
import { namedVariables } from '../../contract/http/credentials.js';
import type { Exchange } from '../../drivers/ports.js';
import { EXIT } from '../exit-codes.js';
import { UsageError } from '../usage-error.js';
import { renderAnnouncement, type Role } from './announce.js';
import { startService, startSystem, type Served } from './compose.js';
import { credentialsFor, variablesOf, type Variable } from './credentials.js';
import { createLog, type Log, type LogLine } from './log.js';
import { openStore } from './open-store.js';
import { isLoopback, type ServeOptions } from './options.js';
import { planServed, type Planned } from './plan.js';
import { createSyncProcess } from './sync-process.js';
import { connectSync, demandUrls, isDescribed } from './sync-systems.js';
import { stopSignal } from './stop-signal.js';
import { demandWritable, writeProfile } from './write-profile.js';

type Running = Role & { close(): Promise<void> };

const SIDES: Side[] = ['a', 'b'];
const GRACE_MS = 5000;

/** Serves the roles until a signal comes; gives the exit code. Errors: `UsageError`, `InputError`, `EnvironmentError`. */
export async function serve(options: ServeOptions): Promise<number> {
  const planned = withStandIns(await planServed(options), options);
  const { writeProfile: path } = options;
  if (path !== null) await demandWritable(planned, path);
  const running: Running[] = [];
  try {
    await startRoles(planned, options, running);
    const served = { systems: systemsShown(planned, running), roles: running };
    if (path !== null) await writeProfile(path, planned, served, options);
  } catch (error) {
    await closeAll(running);
    throw error;
  }
  const stopping = stopSignal();
  process.stdout.write(
    options.json ? readyLine(planned, running, options) : announcement(planned, running, options),
  );
  logOf('serve')({ event: 'stopping', signal: await stopping });
  await closeAll(running);
  return EXIT.ok;
}

/** Stand-ins speak conventions of their own; the sync alone speaks to systems as the profile describes them. */
function withStandIns(planned: Planned, { only }: ServeOptions): Planned {
  if (only === 'sync') return planned;
  const { plan, replaced } = standInPlan(planned.plan);
  if (only !== null && replaced.includes(nameOf(planned, only)))
    throw new UsageError(
      `no stand-in of ${only} speaks the API that the profile describes`,
      'a system with preset: webshop or preset: crm, or without "api"',
      'serve all three roles, whose stand-ins speak a convention of their own',
    );
  return { ...planned, plan, replaced };
}

const nameOf = ({ plan }: Planned, key: string): string =>
  SIDES.map((side) => plan.systems[side]).find((system) => system.key === key)?.name ?? '';

const logOf = (role: string): Log => createLog(role, (text) => process.stderr.write(text));

async function startRoles(planned: Planned, options: ServeOptions, running: Running[]): Promise<void> {
  const { systems } = planned.plan;
  const sides = sidesOf(systems, options.only);
  let syncUrl = options.webhooksTo;
  const urls = demandUrls(planned, options);
  for (const [index, side] of sides.entries()) {
    const port = options.port === 0 ? 0 : options.port + index;
    const served = await startOne(systems, side, port, options, () => syncUrl);
    running.push({ role: systems[side].key, url: served.url, close: served.close });
    urls[side] = served.url;
  }
  if (options.only !== null && options.only !== 'sync') return;
  const port = options.port === 0 ? 0 : options.port + sides.length;
  const sync = await startSync(planned, urls, port, options);
  running.push(sync);
  syncUrl = sync.url;
}

function sidesOf(systems: SyncPlan['systems'], only: string | null): Side[] {
  if (only === null) return SIDES;
  if (only === 'sync') return [];
  const side = SIDES.find((one) => systems[one].key === only);
  if (side !== undefined) return [side];
  throw new UsageError(
    `--only ${only} is no role`,
    `one of ${systems.a.key}, ${systems.b.key}, sync`,
    'leave it out to serve all three',
  );
}

async function startOne(
  systems: SyncPlan['systems'],
  side: Side,
  port: number,
  options: ServeOptions,
  syncUrl: () => string | null,
): Promise<Served> {
  const contract = systems[side];
  const log = logOf(contract.key);
  const endpoint = (base: string) => {
    const url = new URL(base);
    return url.pathname === '/' ? new URL(`/webhooks/${side}`, url) : url;
  };
  const served = await startSystem({
    contract,
    credentials: credentialsFor(contract, process.env, {
      isLocal: isLoopback(options.host),
      callers: ['harness', 'sync'],
    }),
    host: options.host,
    port,
    dataFile: dataFileOf(contract.key, options),
    webhookPath: options.webhooksTo === null ? `/webhooks/${side}` : endpoint(options.webhooksTo).pathname,
    webhookUrl: () => {
      const base = syncUrl();
      return base === null ? null : endpoint(base).href;
    },
    onCall: (call) => log(callLine(call)),
    onWebhook: log,
  });
  log({ event: 'listening', url: served.url });
  return served;
}

function dataFileOf(key: string, { data, only }: ServeOptions): string | null {
  if (data === null || only !== null) return data;
  return `${data}/${key}.jsonl`;
}

/** The path is shown without its query, which may filter by a value. */
function callLine({ caller, method, url, status, mutation, at }: Exchange): LogLine {
  const path = new URL(url).pathname;
  const done: Record<string, string> =
    mutation === null ? {} : { did: mutation.kind, entity: mutation.entity, id: mutation.id };
  return { event: 'call', at, caller, method, path, status, ...done };
}

async function startSync(
  planned: Planned,
  urls: Record<Side, string | null>,
  port: number,
  options: ServeOptions,
): Promise<Running> {
  const log = logOf('sync');
  const { plan, credentials, fetch } = await connectSync(planned, urls, options);
  const { store, workerId } = openStore(options.db);
  const sync = createSyncProcess({
    plan,
    credentials,
    fetch,
    store,
    workerId,
    pollMs: options.pollMs,
    scanMs: options.scanMs,
    makeBreakage: planned.makeBreakage,
    log,
  });
  const served = await startService(sync.fetch, { host: options.host, port }).catch((error: unknown) => {
    store.close();
    throw error;
  });
  sync.start();
  log({ event: 'listening', url: served.url, worker: workerId });
  return {
    role: 'sync',
    url: served.url,
    async close() {
      await sync.stop(GRACE_MS);
      await served.close();
    },
  };
}

/** The sync ends before the systems that it writes to. */
async function closeAll(running: Running[]): Promise<void> {
  for (const one of running.splice(0).toReversed()) await one.close();
}

function systemsShown({ plan }: Planned, running: Role[]) {
  const shown = SIDES.map((side) => plan.systems[side]);
  const own = shown.filter(({ key }) => running.some(({ role }) => role === key));
  return running.some(({ role }) => role === 'sync') ? shown : own;
}

const isSet = (variable: string): boolean => (process.env[variable] ?? '') !== '';

function announcement(planned: Planned, roles: Running[], options: ServeOptions): string {
  const systems = systemsShown(planned, roles);
  const variables = variablesShown(planned, roles, options);
  return renderAnnouncement({ planned, roles, systems, variables, options, isSet });
}

/** A sync alone takes the variables that the profile names. */
function variablesShown(planned: Planned, running: Role[], { only }: ServeOptions): Variable[] {
  return systemsShown(planned, running).flatMap((system) => {
    const named = only === 'sync' && isDescribed(planned, system.key) ? namedVariables(system.api.auth) : [];
    if (named.length === 0) return variablesOf(system);
    return named.map((name) => ({ name, use: `${system.name}, as the sync`, fallback: '' }));
  });
}

function readyLine(planned: Planned, running: Running[], options: ServeOptions): string {
  const urls = Object.fromEntries(running.map(({ role, url }) => [role, url]));
  const variables = variablesShown(planned, running, options);
  const names = variables.map(({ name, use }) => ({ name, use, isSet: isSet(name) }));
  const fault = planned.fault?.id ?? null;
  const profile = options.writeProfile;
  return `${JSON.stringify({ ready: true, pid: process.pid, urls, fault, profile, variables: names })}\n`;
}
