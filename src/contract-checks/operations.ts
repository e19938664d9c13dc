import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import { otherValue } from '../contract/values.js';
import { getPath, setInPlace } from '../contract/path.js';
import {
  expectStatus,
  expectTrue,
  isBreaking,
  NotOffered,
  type CheckTraits,
  type ContractCheck,
} from './check.js';
import type { Asked, Probe } from './probe.js';

export type Make = (
  operation: string,
  topic: string,
  title: string,
  run: ContractCheck['run'],
  traits?: CheckTraits,
) => ContractCheck;

/** Makes checks of one entity, with ids such as `webshop/order/create/returns-the-record`. */
export function maker({ key }: SystemContract, entity: EntityContract): Make {
  return (operation, topic, title, run, traits = {}) => ({
    id: `${key}/${entity.name.toLowerCase()}/${operation}/${topic}`,
    system: key,
    entity: entity.name,
    operation: `${operation}${entity.name}`,
    title,
    breaking: isBreaking(topic),
    run,
    ...traits,
  });
}

/** Update of one record, with the version that was read where the provider keeps versions. */
export async function update(
  probe: Probe,
  entity: EntityContract,
  id: string,
  changes: Record<string, Json>,
  asked: Asked = {},
) {
  const { api } = probe;
  const read = await probe.call(api.routes.get, entity, id);
  const whole = probe.shown(read.body);
  for (const name of [api.record.id, api.record.createdAt, api.record.updatedAt])
    if (name !== null) delete whole[name];
  const fields: JsonObject = api.updateMode === 'replace' ? whole : {};
  for (const [path, value] of Object.entries(changes)) setInPlace(fields, path, value);
  return probe.call(api.routes.update, entity, id, { ...asked, body: probe.encode(fields) });
}

/** A text field that nobody minds being changed. */
export function plainField(entity: EntityContract): string {
  const field = entity.fields.find(
    (one) =>
      one.type.kind === 'string' &&
      one.type.format === undefined &&
      one.unique !== true &&
      one.required !== true &&
      !one.path.includes('.'),
  );
  if (field === undefined) throw new Error(`${entity.name} has no plain field`);
  return field.path;
}

/** Status, headers and body of every operation on an entity. */
export function operationChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  const { api } = contract;
  const { name } = entity;
  const checks = [
    make(
      'create',
      'returns-the-record',
      `Creating a ${name} gives 201 and the whole record`,
      async (probe) => {
        const { answer } = await probe.create(entity);
        probe.expectSchema(name, probe.record(answer.body), 'the new record');
      },
    ),
    make('create', 'stores-what-was-sent', `A new ${name} holds what was sent`, async (probe) => {
      const { id, fields } = await probe.create(entity);
      const read = probe.shown((await probe.call(api.routes.get, entity, id)).body);
      for (const field of entity.fields) {
        if (field.readOnly === true) continue;
        const [sent, found] = [getPath(fields, field.path), getPath(read, field.path)];
        if (sent !== null && field.normalises === undefined)
          expectTrue(
            JSON.stringify(sent) === JSON.stringify(found),
            `${field.path} was sent and is not there`,
          );
      }
    }),
    make('create', 'content-type', `Creating a ${name} answers in JSON`, async (probe) => {
      const { answer } = await probe.create(entity);
      expectTrue(/json/.test(answer.headers.get('content-type') ?? ''), 'the content type is not JSON');
    }),
    make('get', 'returns-the-record', `Reading a ${name} gives 200 and the whole record`, async (probe) => {
      const { id } = await probe.create(entity);
      const answer = await probe.call(api.routes.get, entity, id);
      expectStatus(answer.status, 200, `reading a ${name}`);
      probe.expectSchema(name, probe.record(answer.body), 'the record');
      expectTrue(probe.idOf(answer.body) === id, 'another record was answered');
    }),
    make('get', 'missing', `Reading a ${name} that does not exist gives 404`, async (probe) => {
      const answer = await probe.call(api.routes.get, entity, '999999999');
      expectStatus(answer.status, 404, `a missing ${name}`);
      probe.expectProblem(answer.body);
    }),
    make('list', 'returns-records', `Listing ${name} gives 200 and whole records`, async (probe) => {
      await probe.create(entity);
      const answer = await probe.call(api.routes.list, entity, null);
      expectStatus(answer.status, 200, `listing ${name}`);
      const items = probe.items(answer.body);
      expectTrue(items.length > 0, 'the list is empty');
      for (const item of items) probe.expectSchema(name, item, 'a listed record');
    }),
    make(
      'list',
      'unknown-parameter',
      `Listing ${name} refuses an unknown parameter`,
      async (probe) => {
        const answer = await probe.call(api.routes.list, entity, null, { query: '?surely_unknown=1' });
        expectStatus(answer.status, 400, 'an unknown parameter');
        probe.expectProblem(answer.body);
      },
      { needs: 'unknown-parameters' },
    ),
    make(
      'update',
      'returns-the-record',
      `Updating a ${name} gives 200 and the record as it is now`,
      async (probe) => {
        const { id } = await probe.create(entity);
        const path = plainField(entity);
        const answer = await update(probe, entity, id, { [path]: 'changed' });
        expectStatus(answer.status, 200, `updating a ${name}`);
        probe.expectSchema(name, probe.record(answer.body), 'the record');
        expectTrue(getPath(probe.shown(answer.body), path) === 'changed', 'the change is not in the answer');
      },
    ),
    make('update', 'keeps-the-rest', `Updating one field of a ${name} keeps the others`, async (probe) => {
      const { id } = await probe.create(entity);
      const before = probe.shown((await probe.call(api.routes.get, entity, id)).body);
      const path = plainField(entity);
      await update(probe, entity, id, { [path]: 'changed' });
      const after = probe.shown((await probe.call(api.routes.get, entity, id)).body);
      for (const field of entity.fields) {
        if (field.path === path) continue;
        const same =
          JSON.stringify(getPath(before, field.path)) === JSON.stringify(getPath(after, field.path));
        expectTrue(same, `${field.path} changed though it was not named`);
      }
    }),
    make('update', 'clears', `A field of a ${name} can be emptied with null`, async (probe) => {
      const { id } = await probe.create(entity);
      const path = plainField(entity);
      const answer = await update(probe, entity, id, { [path]: null });
      expectStatus(answer.status, 200, 'emptying a field');
      expectTrue(getPath(probe.shown(answer.body), path) === null, `${path} is not empty`);
    }),
    make('update', 'missing', `Updating a ${name} that does not exist gives 404`, async (probe) => {
      const answer = await probe.call(api.routes.update, entity, '999999999', {
        body: probe.encode(await probe.fields(entity)),
      });
      expectStatus(answer.status, 404, `a missing ${name}`);
    }),
    make(
      'update',
      'moves-the-time',
      `Updating a ${name} moves its update time`,
      async (probe) => {
        const { id, answer } = await probe.create(entity);
        probe.target.control?.advance(5000);
        const changed = await update(probe, entity, id, { [plainField(entity)]: 'later' });
        const at = (body: Json) => timeOf(probe, body);
        expectTrue(at(changed.body) >= at(answer.body), 'the update time went back');
        if (probe.target.control !== null)
          expectTrue(at(changed.body) > at(answer.body), 'the update time stands still');
      },
      { needs: 'update-time' },
    ),
  ];
  checks.push(...writableChecks(contract, entity), ...removal(contract, entity));
  if (api.routes.revisions !== null) checks.push(revisions(contract, entity));
  return checks;
}

export function timeOf(probe: Probe, body: Json): number {
  const { updatedAt } = probe.api.record;
  const record = probe.record(body);
  const value =
    typeof record === 'object' && record !== null && !Array.isArray(record) && updatedAt !== null
      ? getPath(record, updatedAt)
      : null;
  return typeof value === 'number' ? value : Date.parse(String(value));
}

function removal(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  const { routes } = contract.api;
  const { deleted, restore } = routes;
  const remove = routes.remove ?? { ...routes.get, method: 'DELETE' as const };
  const checks: ContractCheck[] = [];
  checks.push(
    make(
      'delete',
      'removes',
      `Deleting a ${entity.name} gives 204, and it is gone`,
      async (probe) => {
        const { id } = await probe.create(entity);
        expectStatus((await probe.call(remove, entity, id)).status, [200, 204], 'deleting');
        expectStatus((await probe.call(routes.get, entity, id)).status, 404, 'a deleted record');
      },
      { needs: 'deleting' },
    ),
    make(
      'delete',
      'twice',
      `Deleting a ${entity.name} twice gives 404`,
      async (probe) => {
        const { id } = await probe.create(entity);
        await probe.call(remove, entity, id);
        expectStatus((await probe.call(remove, entity, id)).status, 404, 'the second deletion');
      },
      { needs: 'deleting' },
    ),
  );
  checks.push(
    make(
      'listDeleted',
      'tells',
      `A deleted ${entity.name} is told with its time`,
      async (probe) => {
        if (deleted === null)
          throw new NotOffered(
            'the description names no listing of deletions',
            'deletions there are not carried over',
          );
        const { id } = await probe.create(entity);
        await probe.call(remove, entity, id);
        const answer = await probe.call(deleted, entity, null);
        expectStatus(answer.status, 200, 'listing deletions');
        const ids = probe.items(answer.body).map((item) => probe.idOf(item));
        expectTrue(ids.includes(id), 'the deletion is not told');
      },
      { needs: 'deletions' },
    ),
  );
  if (restore !== undefined)
    checks.push(
      make(
        'restore',
        'brings-back',
        `A deleted ${entity.name} can be restored under its id`,
        async (probe) => {
          const { id } = await probe.create(entity);
          await probe.call(remove, entity, id);
          const answer = await probe.call(restore, entity, id);
          expectStatus(answer.status, 200, 'restoring');
          expectStatus((await probe.call(routes.get, entity, id)).status, 200, 'a restored record');
        },
      ),
    );
  return checks;
}

function revisions(contract: SystemContract, entity: EntityContract): ContractCheck {
  const { revisions: route } = contract.api.routes;
  return maker(contract, entity)(
    'listRevisionsOf',
    'tells',
    `Revisions of a ${entity.name} name what changed`,
    async (probe) => {
      if (route === null) return;
      const { id } = await probe.create(entity);
      const path = plainField(entity);
      await update(probe, entity, id, { [path]: 'revised' });
      const answer = await probe.call(route, entity, id);
      expectStatus(answer.status, 200, 'revisions');
      const last = Array.isArray(answer.body) ? answer.body.at(-1) : null;
      expectTrue(
        JSON.stringify(last ?? null).includes(`"${path}"`),
        `the last revision does not name ${path}`,
      );
    },
  );
}

/** One check for each field that can be written: what an update sets is there afterwards. */
function writableChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  return entity.fields.filter(isPlain).map((field) =>
    make(
      'update',
      `${field.path}-writable`,
      `An update of ${field.path} of a ${entity.name} is there when it is read`,
      async (probe) => {
        const { id, fields } = await probe.create(entity);
        const value = otherValue(field, getPath(fields, field.path), probe.rng);
        const answer = await update(probe, entity, id, { [field.path]: value });
        expectStatus(answer.status, 200, `updating ${field.path}`);
        const read = probe.shown((await probe.call(probe.api.routes.get, entity, id)).body);
        if (field.normalises === undefined)
          expectTrue(
            JSON.stringify(getPath(read, field.path)) === JSON.stringify(value),
            `${field.path} was updated and is not as it was sent`,
          );
      },
      { field: field.path },
    ),
  );
}

/** Whether a value of a field stands by itself: neither a reference nor a list of objects. */
export const isPlain = ({ type }: FieldSpec): boolean =>
  type.kind !== 'reference' && type.kind !== 'object-list';
