import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import { otherValue } from '../contract/values.js';
import { expectStatus, expectTrue, type ContractCheck } from './check.js';
import { isPlain, maker, plainField, timeOf, update } from './make-check.js';
import { removalChecks, revisionCheck } from './removal.js';

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
        probe.expectSchema(name, probe.record(entity, answer.body), 'the new record');
      },
    ),
    make('create', 'stores-what-was-sent', `A new ${name} holds what was sent`, async (probe) => {
      const { id, fields } = await probe.create(entity);
      const read = probe.shown(entity, (await probe.call(api.routes.get, entity, id)).body);
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
      probe.expectSchema(name, probe.record(entity, answer.body), 'the record');
      expectTrue(probe.idOf(entity, answer.body) === id, 'another record was answered');
    }),
    make('get', 'missing', `Reading a ${name} that does not exist gives 404`, async (probe) => {
      const answer = await probe.call(api.routes.get, entity, '999999999');
      expectStatus(answer.status, 404, `a missing ${name}`);
      probe.expectProblem(answer.body);
    }),
    make('list', 'returns-records', `Listing ${name} gives 200 and whole records`, async (probe) => {
      const { id } = await probe.create(entity);
      const answer = await probe.call(api.routes.list, entity, null);
      expectStatus(answer.status, 200, `listing ${name}`);
      const items = probe.items(entity, answer.body);
      expectTrue(items.length > 0, 'the list is empty');
      const own = items.filter((item) => !probe.lacks('validation') || probe.idOf(entity, item) === id);
      for (const item of own) probe.expectSchema(name, item, 'a listed record');
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
        probe.expectSchema(name, probe.record(entity, answer.body), 'the record');
        expectTrue(
          getPath(probe.shown(entity, answer.body), path) === 'changed',
          'the change is not in the answer',
        );
      },
    ),
    make('update', 'keeps-the-rest', `Updating one field of a ${name} keeps the others`, async (probe) => {
      const { id } = await probe.create(entity);
      const before = probe.shown(entity, (await probe.call(api.routes.get, entity, id)).body);
      const path = plainField(entity);
      await update(probe, entity, id, { [path]: 'changed' });
      const after = probe.shown(entity, (await probe.call(api.routes.get, entity, id)).body);
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
      expectTrue(getPath(probe.shown(entity, answer.body), path) === null, `${path} is not empty`);
    }),
    make('update', 'missing', `Updating a ${name} that does not exist gives 404`, async (probe) => {
      const answer = await probe.call(api.routes.update, entity, '999999999', {
        body: probe.encode(entity, await probe.fields(entity)),
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
        const at = (body: Json) => timeOf(probe, entity, body);
        expectTrue(at(changed.body) >= at(answer.body), 'the update time went back');
        if (probe.target.control !== null)
          expectTrue(at(changed.body) > at(answer.body), 'the update time stands still');
      },
      { needs: 'update-time' },
    ),
  ];
  checks.push(...writableChecks(contract, entity), ...removalChecks(contract, entity));
  if (api.routes.revisions !== null) checks.push(revisionCheck(contract, entity));
  return checks;
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
        const read = probe.shown(entity, (await probe.call(probe.apiOf(entity).routes.get, entity, id)).body);
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
