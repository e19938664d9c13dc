import type { SystemContract } from '../../src/contract/api-description.js';
import type { Side } from '../../src/checklist/policies.js';
import type { EntityContract, Json } from '../../src/contract/field.js';
import type { WireFetch, WireRequest, WireResponse } from '../../src/contract/wire.js';
import type { Disturbance, Disturbed, Exchange, Mutation } from '../../src/drivers/ports.js';
import { Gatekeeper } from './auth.js';
import { Refusal, reply, type Call, type Caller, type Credentials, type TwinContext } from './call.js';
import { remembered } from '../../src/contract/remembered.js';
import { crmRoutes } from './crm-routes.js';
import { Disturber } from './disturb.js';
import { renderError } from './errors.js';
import { Outbox } from './outbox.js';
import { TwinStore } from './store.js';
import { isoTime } from './times.js';
import type { Routes } from './routes.js';
import { webshopRoutes } from './webshop-routes.js';

export type TwinOptions = {
  contract: SystemContract;
  /** Its side of the plan, for the journal. */
  side?: Side;
  /** The true time, epoch ms; the twin's own clock runs `skewMs` ahead of it. */
  clock: { now(): number };
  skewMs?: number | (() => number);
  zoneMinutes?: number;
  searchLagMs?: number;
  tokenTtlMs?: number;
  /** Whether a save that changes nothing moves the update time. */
  bumpOnNoop?: boolean;
  /** Calls of the sync in one minute before 429; unlimited when left out. */
  callsPerMinute?: number;
  account?: string;
  webhookPath: string;
  /** Who may call; names made of the contract's key when left out. */
  credentials?: Credentials;
  /** Makes the text of an access token; names that can be told apart in a report when left out. */
  newToken?: () => string;
  /** How many ids were given out before, for a twin that comes back with its records. */
  idsGiven?: number;
  /** Begins the ids of webhook deliveries; the contract's key when left out. A new one for each life of a twin. */
  deliveryPrefix?: string;
  /** Shared by the twins of one world, so that calls have one order. */
  nextSeq: () => number;
};

/** A stateful stand-in of one system: strict, journalled, with webhooks to deliver. */
export type Twin = {
  contract: SystemContract;
  credentials: Credentials;
  store: TwinStore;
  outbox: Outbox;
  journal: Exchange[];
  fetch: WireFetch;
  disturb(disturbance: Disturbance): Disturbed;
  now(): number;
};

/** Routers are costly to build and hold no state, so all twins of one convention share one. */
const known: Partial<Record<'webshop' | 'crm', Routes>> = {};

const FORM = 'application/x-www-form-urlencoded';

/** Makes a twin in the convention that the contract's API describes. */
export function createTwin(options: TwinOptions): Twin {
  const { contract } = options;
  const isWebshop = contract.api.updateMode === 'replace';
  const { skewMs = 0 } = options;
  const now = () => options.clock.now() + (typeof skewMs === 'number' ? skewMs : skewMs());
  const zoneMinutes = options.zoneMinutes ?? 0;
  const credentials =
    options.credentials ?? credentialsOf(contract.key, options.account ?? `${contract.key}-account`);
  let lastId = options.idsGiven ?? 0;
  const newId = (entity: EntityContract) => {
    lastId += 1;
    return entity.idKind === 'integer'
      ? String(1000 + lastId)
      : `${entity.collection.slice(0, 2)}_${(lastId * 7919).toString(36).padStart(6, '0')}`;
  };
  const store = new TwinStore({
    contract,
    now,
    newId,
    bumpOnNoop: options.bumpOnNoop ?? contract.api.bumpsOnNoChange !== 'no',
  });
  const outbox = new Outbox({
    contract,
    secret: credentials.webhookSecret,
    account: credentials.account,
    path: options.webhookPath,
    isoTime: (at) => isoTime(at, zoneMinutes),
    idPrefix: options.deliveryPrefix ?? contract.key,
  });
  store.onChange = (event) => outbox.push(event);
  const context: TwinContext = {
    store,
    now,
    zoneMinutes,
    searchLagMs: options.searchLagMs ?? 2000,
    tokenTtlMs: options.tokenTtlMs ?? 3_600_000,
    credentials,
    entities: new Map(contract.entities.map((entity) => [entity.collection, entity])),
  };
  const style = isWebshop ? 'webshop' : 'crm';
  const routes = (known[style] ??= isWebshop ? webshopRoutes() : crmRoutes());
  const gatekeeper = new Gatekeeper(contract.api.auth, context, options.newToken);
  const disturber = new Disturber(options.clock.now);
  const limiter = createLimiter(options.callsPerMinute ?? null, now);
  const journal: Exchange[] = [];

  const handle = async (request: WireRequest): Promise<WireResponse> => {
    const call: Call = {
      context,
      url: urlOf(request.url),
      caller: 'unknown',
      mutations: [],
      requestBody: null,
      malformed: false,
      responseBody: null,
    };
    if (request.body !== null) await readBody(request, call, gatekeeper);
    const response = await respond(request, call).catch((error: unknown) => renderError(error, style, call));
    response.headers.set('Date', httpDate(now()));
    record(request, call, response.status);
    return response;
  };
  const respond = async (request: WireRequest, call: Call): Promise<WireResponse> => {
    if (gatekeeper.isTokenRequest(request, call.url.pathname)) {
      const { caller, body } = gatekeeper.issue(call.requestBody);
      call.caller = caller;
      return reply(call, body);
    }
    call.caller = gatekeeper.callerOf(request);
    if (call.caller === 'sync') limiter();
    return routes.answer(request, call);
  };
  const record = (request: WireRequest, call: Call, status: number): void => {
    const isToken = request.url.endsWith('/oauth/token');
    const mutations: (Mutation | null)[] = call.mutations.length === 0 ? [null] : call.mutations;
    for (const mutation of mutations) {
      journal.push({
        seq: options.nextSeq(),
        at: now(),
        system: contract.name,
        ...(options.side === undefined ? {} : { side: options.side }),
        caller: call.caller,
        method: request.method,
        url: request.url,
        requestBody: isToken ? null : call.requestBody,
        status,
        responseBody: isToken ? null : call.responseBody,
        mutation,
      });
    }
  };
  return {
    contract,
    credentials,
    store,
    outbox,
    journal,
    now,
    fetch: (request) => (gatekeeper.isSync(request) ? disturber.pass(request, handle) : handle(request)),
    disturb: (disturbance) => disturber.add(disturbance),
  };
}

/** The same few calls are made over and over. */
const urlOf = remembered((text) => new URL(text));

/** Time stands still for many calls of a virtual clock. */
let lastDate = { at: Number.NaN, text: '' };

function httpDate(at: number): string {
  if (lastDate.at !== at) lastDate = { at, text: new Date(at).toUTCString() };
  return lastDate.text;
}

function credentialsOf(key: string, account: string): Credentials {
  const credential = (caller: Caller) => ({
    key: `${key}-${caller}-key`,
    clientId: `${key}-${caller}`,
    clientSecret: `${key}-${caller}-secret`,
  });
  return {
    harness: credential('harness'),
    sync: credential('sync'),
    webhookSecret: `${key}-webhook-secret`,
    account,
  };
}

async function readBody(request: WireRequest, call: Call, gatekeeper: Gatekeeper): Promise<void> {
  const text = await request.text();
  const isForm = request.headers.get('content-type')?.startsWith(FORM) === true;
  if (isForm && gatekeeper.isTokenRequest(request, new URL(request.url).pathname)) {
    call.requestBody = Object.fromEntries(new URLSearchParams(text));
    return;
  }
  try {
    call.requestBody = text === '' ? null : (JSON.parse(text) as Json);
  } catch {
    call.malformed = true;
    call.requestBody = text;
  }
}

function createLimiter(callsPerMinute: number | null, now: () => number): () => void {
  let windowStart = 0;
  let calls = 0;
  return () => {
    if (callsPerMinute === null) return;
    if (now() - windowStart >= 60_000) {
      windowStart = now();
      calls = 0;
    }
    calls += 1;
    if (calls <= callsPerMinute) return;
    const seconds = Math.max(1, Math.ceil((windowStart + 60_000 - now()) / 1000));
    throw new Refusal(429, 'rate-limited', 'too many calls', [], { 'Retry-After': String(seconds) });
  };
}
