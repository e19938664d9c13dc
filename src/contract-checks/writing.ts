import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { getPath, setInPlace } from '../contract/path.js';
import { expectStatus, expectTrue, NotOffered, type ContractCheck } from './check.js';
import { maker, plainField, update } from './make-check.js';
import type { Asked, Probe } from './probe.js';
import { wrongValues } from './wrong-values.js';

/** One check for every constraint of every field. */
export function validationChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  return entity.fields
    .filter((field) => field.readOnly !== true)
    .flatMap((field) =>
      wrongValues(field).map(([label, value]) =>
        make(
          'create',
          `${field.path}-${label}`,
          `A ${entity.name} with ${field.path} ${label} is refused, and the field is named`,
          async (probe) => {
            const fields = await probe.fields(entity);
            setInPlace(fields, field.path, value);
            const answer = await probe.call(probe.apiOf(entity).routes.create, entity, null, {
              body: probe.encode(entity, fields),
            });
            expectStatus(answer.status, [400, 422], `${field.path} ${label}`);
            probe.expectProblem(answer.body);
            const last = field.path.split('.').at(-1) ?? field.path;
            expectTrue(answer.text.includes(last), `the error does not name ${field.path}`);
          },
          { needs: 'validation' },
        ),
      ),
    );
}

/** Concurrency, idempotency, unknown fields and malformed bodies. */
export function writingChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  const { concurrency, idempotency, routes } = contract.api;
  const { name } = entity;
  const unique = entity.fields.find((field) => field.unique === true);
  const checks = [
    make(
      'create',
      'unknown-field',
      `A ${name} with an unknown field is refused`,
      async (probe) => {
        const fields = { ...(await probe.fields(entity)), surely_unknown: 'x' };
        const answer = await probe.call(routes.create, entity, null, { body: probe.encode(entity, fields) });
        expectStatus(answer.status, [400, 422], 'an unknown field');
        probe.expectProblem(answer.body);
      },
      { needs: 'unknown-fields' },
    ),
    make('create', 'malformed', `A ${name} that is no JSON is refused`, async (probe) => {
      const answer = await probe.call(routes.create, entity, null, { raw: '{"broken' });
      expectStatus(answer.status, 400, 'a malformed body');
      probe.expectProblem(answer.body);
    }),
    make(
      'update',
      'unknown-field',
      `An update of a ${name} with an unknown field is refused`,
      async (probe) => {
        const { id } = await probe.create(entity);
        const answer = await update(probe, entity, id, { surely_unknown: 'x' });
        expectStatus(answer.status, [400, 422], 'an unknown field');
      },
      { needs: 'unknown-fields' },
    ),
  ];
  if (unique !== undefined)
    checks.push(
      make(
        'create',
        'duplicate',
        `A second ${name} with the same ${unique.path} is refused, and the field is named`,
        async (probe) => {
          const { fields } = await probe.create(entity);
          const second = await probe.fields(entity);
          setInPlace(second, unique.path, getPath(fields, unique.path));
          const answer = await probe.call(routes.create, entity, null, {
            body: probe.encode(entity, second),
          });
          expectStatus(answer.status, 409, 'a unique value that is taken');
          expectTrue(answer.text.includes(unique.path), `the error does not name ${unique.path}`);
        },
        { needs: 'uniqueness' },
      ),
    );
  checks.push(
    make(
      'update',
      'stale-version',
      `An update of a ${name} that was read earlier is refused`,
      async (probe) => {
        const { id, answer } = await probe.create(entity);
        const old = versionOf(probe, entity, answer.body, answer.headers.get('etag'));
        await update(probe, entity, id, { [plainField(entity)]: 'meanwhile' });
        const refused = await withVersion(probe, entity, id, old);
        expectStatus(refused.status, concurrency?.kind === 'etag' ? 412 : 409, 'a stale version');
        const read = probe.shown(entity, (await probe.call(routes.get, entity, id)).body);
        expectTrue(getPath(read, plainField(entity)) === 'meanwhile', 'the stale update took effect');
      },
      { needs: 'concurrency' },
    ),
    make(
      'update',
      'current-version',
      `An update of a ${name} with its current version is taken`,
      async (probe) => {
        const { id, answer } = await probe.create(entity);
        const taken = await withVersion(
          probe,
          entity,
          id,
          versionOf(probe, entity, answer.body, answer.headers.get('etag')),
        );
        expectStatus(taken.status, 200, 'the current version');
      },
      { needs: 'concurrency' },
    ),
    make(
      'create',
      'same-key',
      `Creating a ${name} twice under one key gives one record`,
      async (probe) => {
        if (idempotency === null)
          throw new NotOffered(
            'the description names no idempotency key',
            'a create whose answer is lost may be made twice there: let it match on a key',
          );
        const fields = await probe.fields(entity);
        const send = async () => {
          const key = `key-${name}-17`;
          const asked: Asked =
            idempotency.kind === 'header'
              ? { body: probe.encode(entity, fields), headers: { [idempotency.name]: key } }
              : { body: probe.encode(entity, fields, { [idempotency.path]: key }) };
          return probe.idOf(entity, (await probe.call(routes.create, entity, null, asked)).body);
        };
        expectTrue((await send()) === (await send()), 'the second call made another record');
      },
      { needs: 'idempotency' },
    ),
  );
  if (routes.batchCreate !== null) checks.push(batchCheck(contract, entity));
  return checks;
}

const isRecord = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function versionOf(probe: Probe, entity: EntityContract, answered: Json, etag: string | null): string {
  const body = probe.record(entity, answered);
  const { concurrency } = probe.apiOf(entity);
  if (concurrency?.kind === 'etag') return etag ?? '';
  if (concurrency?.kind === 'version' && isRecord(body)) return String(getPath(body, concurrency.path));
  throw new NotOffered(
    'the provider keeps no versions',
    'edits at the same moment overwrite each other there',
  );
}

async function withVersion(probe: Probe, entity: EntityContract, id: string, version: string) {
  const { concurrency, routes, updateMode } = probe.apiOf(entity);
  const fields = updateMode === 'replace' ? await probe.fields(entity) : { [plainField(entity)]: 'second' };
  const extras = concurrency?.kind === 'version' ? { [concurrency.path]: Number(version) } : {};
  const body = probe.encode(entity, fields, extras);
  const headers: Record<string, string> = concurrency?.kind === 'etag' ? { 'If-Match': version } : {};
  return probe.call(routes.update, entity, id, { body, headers });
}

function batchCheck(contract: SystemContract, entity: EntityContract): ContractCheck {
  return maker(contract, entity)(
    'batchCreate',
    'each-its-own-result',
    `A batch of ${entity.name} tells for each item what became of it`,
    async (probe) => {
      const { batchCreate } = probe.apiOf(entity).routes;
      if (batchCreate === null) return;
      const inputs = [
        probe.encode(entity, await probe.fields(entity)),
        probe.encode(entity, { surely_unknown: 1 }),
        probe.encode(entity, await probe.fields(entity)),
      ];
      const answer = await probe.call(batchCreate, entity, null, { body: { inputs } });
      expectStatus(answer.status, 207, 'a batch');
      const results = (answer.body as { results?: { status?: number }[] } | null)?.results ?? [];
      const codes = results.map((one) => one.status);
      expectTrue(
        codes.length === 3 && codes[0] === 201 && Number(codes[1]) >= 400 && codes[2] === 201,
        `results are ${codes.join(', ')}`,
      );
    },
  );
}
