import type { Capabilities, Lack } from '../contract/capabilities.js';
import { withCapabilities } from '../contract/capabilities.js';
import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { getPath, setInPlace } from '../contract/path.js';
import { otherValue } from '../contract/values.js';
import { isPlain, plainField, update } from './make-check.js';
import { NotOffered } from './check.js';
import { Probe } from './probe.js';
import type { OpenTarget } from './target.js';
import { wrongValues } from './wrong-values.js';

const isTaken = (status: number) => status >= 200 && status < 300;

/**
 * Finds out what a live provider lacks altogether, by trying it. A capability that is there in part is no lack: its
 * checks fail one by one. Errors: those of the network.
 */
export async function findCapabilities(open: OpenTarget, seed: number): Promise<Capabilities> {
  const target = await open();
  const found: Capabilities = {
    schema: 'syncproof.capabilities/1',
    system: target.contract.key,
    lacks: described(target.contract),
    readOnly: {},
  };
  const probe = new Probe({ ...target, capabilities: found }, open, seed);
  try {
    for (const entity of target.contract.entities) {
      if (!(await canCreate(probe, entity, found))) continue;
      const readOnly = await readOnlyFields(probe, entity);
      if (readOnly.length > 0) found.readOnly[entity.name] = readOnly;
    }
    const [entity] = target.contract.entities;
    if (entity !== undefined && (await canCreate(probe, entity, found))) await probeAll(probe, entity, found);
  } finally {
    await target.close();
  }
  return found;
}

/** Lacks that the description itself tells. */
function described({ api }: SystemContract): Capabilities['lacks'] {
  const lacks: Capabilities['lacks'] = {};
  if (api.routes.deleted === null) lacks.deletions = 'the description names no listing of deletions';
  if (api.paging.kind === 'none') lacks.paging = 'the description names no paging';
  if (api.changedSince === null) lacks['changed-since'] = 'the description names no filter by update time';
  if (api.record.updatedAt === null) lacks['update-time'] = 'the description names no update time';
  if (api.webhooks === null) lacks.webhooks = 'the description names no events';
  return lacks;
}

async function canCreate(probe: Probe, entity: EntityContract, found: Capabilities): Promise<boolean> {
  const answer = await probe.call(probe.apiOf(entity).routes.create, entity, null, {
    body: probe.encode(entity, await probe.fields(entity).catch(() => ({}))),
  });
  if (answer.status === 200) found.lacks['created-status'] = 'a create is answered with 200, not 201';
  return isTaken(answer.status);
}

/** Fields that are shown but that an update does not change. */
async function readOnlyFields(probe: Probe, entity: EntityContract): Promise<string[]> {
  const readOnly: string[] = [];
  for (const field of entity.fields) {
    if (field.readOnly === true || field.normalises !== undefined || !isPlain(field)) continue;
    const { id, fields } = await probe.create(entity);
    const sent = otherValue(field, getPath(fields, field.path), probe.rng);
    const answer = await update(probe, entity, id, { [field.path]: sent });
    const read = probe.shown(entity, (await probe.call(probe.apiOf(entity).routes.get, entity, id)).body);
    const held = getPath(read, field.path);
    const isShown = held !== null;
    const isIgnored = isTaken(answer.status) && JSON.stringify(held) !== JSON.stringify(sent);
    if (isShown && isIgnored) readOnly.push(field.path);
  }
  return readOnly;
}

async function probeAll(probe: Probe, entity: EntityContract, { lacks }: Capabilities): Promise<void> {
  const note = async (lack: Lack, look: () => Promise<string | null>) => {
    const evidence = await look().catch((error: unknown) => {
      if (error instanceof NotOffered) return null;
      throw error;
    });
    if (evidence !== null && lacks[lack] === undefined) lacks[lack] = evidence;
  };
  await note('authentication', () => withoutCredential(probe, entity));
  await note('validation', () => withoutValidation(probe, entity));
  await note('unknown-fields', () => unknownField(probe, entity));
  await note('unknown-parameters', () => taken(probe, entity, '?surely_unknown=1', 'an unknown parameter'));
  const { paging } = probe.apiOf(entity);
  if (paging.kind !== 'none')
    await note('page-limits', () => taken(probe, entity, `?${paging.sizeParam}=0`, 'a page size of zero'));
  await note('uniqueness', () => withoutUniqueness(probe, entity));
  await note('concurrency', () => withoutVersions(probe, entity));
  await note('idempotency', () => withoutIdempotency(probe, entity));
  await note('deleting', () => withoutDeleting(probe, entity));
  await note('error-shape', () => otherErrors(probe, entity));
}

async function withoutCredential(probe: Probe, entity: EntityContract): Promise<string | null> {
  if (probe.apiOf(entity).auth.kind === 'none') return null;
  const { status } = await probe.send('GET', probe.urlOf(probe.apiOf(entity).routes.list, entity));
  return isTaken(status) ? `a call without a credential is answered with ${status}` : null;
}

/** Only a provider that refuses no wrong value at all lacks validation. */
async function withoutValidation(probe: Probe, entity: EntityContract): Promise<string | null> {
  let tried = 0;
  for (const field of entity.fields) {
    if (field.readOnly === true) continue;
    for (const [, value] of wrongValues(field)) {
      const fields = await probe.fields(entity);
      setInPlace(fields, field.path, value);
      const answer = await probe.call(probe.apiOf(entity).routes.create, entity, null, {
        body: probe.encode(entity, fields),
      });
      if (!isTaken(answer.status)) return null;
      tried += 1;
    }
  }
  return tried === 0 ? null : `the provider validates nothing: each of ${tried} wrong values was taken`;
}

async function unknownField(probe: Probe, entity: EntityContract): Promise<string | null> {
  const body = probe.encode(entity, { ...(await probe.fields(entity)), surely_unknown: 'x' });
  const { status } = await probe.call(probe.apiOf(entity).routes.create, entity, null, { body });
  return isTaken(status) ? `a body with an unknown field is answered with ${status}` : null;
}

async function taken(probe: Probe, entity: EntityContract, query: string, what: string) {
  const { status } = await probe.call(probe.apiOf(entity).routes.list, entity, null, { query });
  return isTaken(status) ? `${what} is answered with ${status}` : null;
}

async function withoutUniqueness(probe: Probe, entity: EntityContract): Promise<string | null> {
  const unique = entity.fields.find((field) => field.unique === true);
  if (unique === undefined) return null;
  const { fields } = await probe.create(entity);
  const second = await probe.fields(entity);
  setInPlace(second, unique.path, getPath(fields, unique.path));
  const answer = await probe.call(probe.apiOf(entity).routes.create, entity, null, {
    body: probe.encode(entity, second),
  });
  return isTaken(answer.status) ? `two records with the same ${unique.path} were taken` : null;
}

async function withoutVersions(probe: Probe, entity: EntityContract): Promise<string | null> {
  const { concurrency } = probe.apiOf(entity);
  if (concurrency?.kind === 'version') return null;
  const { id } = await probe.create(entity);
  const headers = { 'If-Match': '"surely-stale"' };
  const { status } = await update(probe, entity, id, { [plainField(entity)]: 'stale' }, { headers });
  if (isTaken(status)) return `an update with a false If-Match is answered with ${status}`;
  return concurrency === null ? 'the description names no versions' : null;
}

async function withoutIdempotency(probe: Probe, entity: EntityContract): Promise<string | null> {
  const { idempotency, routes } = probe.apiOf(entity);
  if (idempotency?.kind === 'body') return null;
  const body = probe.encode(entity, await probe.fields(entity));
  const name = idempotency?.name ?? 'Idempotency-Key';
  const headers = { [name]: `probe-${Math.floor(probe.rng() * 1e9)}` };
  const ids: string[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await probe.call(routes.create, entity, null, { body, headers });
    if (!isTaken(answer.status)) return null;
    ids.push(probe.idOf(entity, answer.body));
  }
  if (ids[0] !== ids[1]) return `two creates under one ${name} made two records`;
  return idempotency === null ? 'the description names no idempotency key' : null;
}

async function withoutDeleting(probe: Probe, entity: EntityContract): Promise<string | null> {
  const { remove, get } = probe.apiOf(entity).routes;
  if (remove !== null) return null;
  const { id } = await probe.create(entity);
  const { status } = await probe.call({ ...get, method: 'DELETE' }, entity, id);
  return isTaken(status) ? null : `a deletion is answered with ${status}`;
}

async function otherErrors(probe: Probe, entity: EntityContract): Promise<string | null> {
  const answer = await probe.call(probe.apiOf(entity).routes.get, entity, '999999999');
  try {
    probe.expectSchema('Problem', answer.body, 'the error');
    return null;
  } catch {
    return `an error is answered with ${answer.text.slice(0, 60).replaceAll(/\s+/g, ' ')}, which names no field`;
  }
}

/** The same provider, held to what it can do. */
export function capable(open: OpenTarget, capabilities: Capabilities): OpenTarget {
  return async (settings) => {
    const target = await open(settings);
    return { ...target, contract: withCapabilities(target.contract, capabilities), capabilities };
  };
}
