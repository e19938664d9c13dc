import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import { expectStatus, expectTrue, NotOffered, type ContractCheck } from './check.js';
import { maker, plainField, timeOf, update } from './operations.js';
import type { Probe } from './probe.js';

const SIZE = 3;

/** Every id of a listing, page by page; `between` acts after the first page. */
async function walk(
  probe: Probe,
  entity: EntityContract,
  filter: string,
  between: () => Promise<void> = async () => undefined,
): Promise<{ ids: string[]; sizes: number[] }> {
  const { paging, routes } = probe.api;
  if (paging.kind === 'none')
    throw new NotOffered('the provider does not page', 'nothing: its lists are whole');
  const ids: string[] = [];
  const sizes: number[] = [];
  let place = '';
  for (let page = 1; page <= 400; page++) {
    if (paging.kind === 'page') place = `&${paging.pageParam}=${page}`;
    if (paging.kind === 'offset') place = `&${paging.offsetParam}=${(page - 1) * SIZE}`;
    const query = `?${paging.sizeParam}=${SIZE}${place}${filter}`;
    const answer = await probe.call(routes.list, entity, null, { query });
    expectStatus(answer.status, 200, 'a page');
    const items = probe.items(answer.body);
    sizes.push(items.length);
    ids.push(...items.map((item) => probe.idOf(item)));
    if (page === 1) await between();
    if (paging.kind === 'cursor') {
      const next = getPath(answer.body as JsonObject, paging.next);
      if (next === null) break;
      place = `&${paging.cursorParam}=${encodeURIComponent(String(next))}`;
    } else if (items.length < SIZE) break;
  }
  return { ids, sizes };
}

function filterOf(probe: Probe) {
  const { changedSince } = probe.api;
  if (changedSince === null)
    throw new NotOffered('the provider does not filter by update time', 'its lists are read whole each time');
  return changedSince;
}

/** Only what was made by this check, where the provider filters by time. */
function sinceFilter(probe: Probe, at: number): string {
  const { changedSince } = probe.api;
  if (changedSince === null) return '';
  const value = changedSince.format === 'iso' ? new Date(at).toISOString() : String(at);
  return `&${changedSince.param}=${encodeURIComponent(value)}`;
}

async function several(
  probe: Probe,
  entity: EntityContract,
  count: number,
): Promise<{ ids: string[]; since: string }> {
  probe.target.control?.advance(60_000);
  const ids: string[] = [];
  let first = Number.POSITIVE_INFINITY;
  const shared = await probe.fields(entity);
  probe.target.control?.advance(1000);
  for (let made = 0; made < count; made++) {
    const fields = { ...shared };
    for (const field of entity.fields)
      if (field.unique === true) fields[field.path] = `page-${made}-${Math.floor(probe.rng() * 1e9)}`;
    const { id, answer } = await probe.create(entity, fields);
    ids.push(id);
    first = Math.min(first, timeOf(probe, answer.body));
  }
  return { ids, since: sinceFilter(probe, first) };
}

/** Paging and filters of a listing. */
export function readingChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  const { paging } = contract.api;
  const { name } = entity;
  const complete = (ids: string[], found: string[]) => {
    const missing = ids.filter((id) => !found.includes(id));
    expectTrue(missing.length === 0, `${missing.length} of ${ids.length} records are on no page`);
  };
  const checks = [
    make(
      'list',
      'pages',
      `${name} come page by page, each once`,
      async (probe) => {
        const { ids, since } = await several(probe, entity, SIZE * 2 + 1);
        const { ids: found, sizes } = await walk(probe, entity, since);
        complete(ids, found);
        expectTrue(new Set(found).size === found.length, 'a record is on two pages');
        expectTrue(
          sizes.slice(0, -1).every((size) => size === SIZE),
          'a page is not full',
        );
      },
      { needs: 'paging' },
    ),
    make(
      'list',
      'exact-pages',
      `${name} that fill pages exactly all come`,
      async (probe) => {
        const { ids, since } = await several(probe, entity, SIZE * 2);
        complete(ids, (await walk(probe, entity, since)).ids);
      },
      { needs: 'paging' },
    ),
    make(
      'list',
      'page-size-refused',
      `A page size of zero is refused for ${name}`,
      async (probe) => {
        if (paging.kind === 'none')
          throw new NotOffered('the provider does not page', 'nothing: its lists are whole');
        const answer = await probe.call(probe.api.routes.list, entity, null, {
          query: `?${paging.sizeParam}=0`,
        });
        expectStatus(answer.status, 400, 'a page size of zero');
      },
      { needs: 'page-limits' },
    ),
    make(
      'list',
      'changes-while-paging',
      `A ${name} that changes while pages are read is seen in the end`,
      async (probe) => {
        const { ids, since } = await several(probe, entity, SIZE * 2 + 1);
        probe.target.control?.advance(1000);
        const first = await walk(probe, entity, since, async () => {
          await update(probe, entity, ids[0] ?? '', { [plainField(entity)]: 'moved' });
        });
        const second = await walk(probe, entity, since);
        complete(ids, [...first.ids, ...second.ids]);
      },
      { needs: 'paging' },
    ),
  ];
  checks.push(
    make(
      'list',
      'changed-since',
      `Only ${name} changed at or after a time are listed`,
      async (probe) => {
        filterOf(probe);
        const { id: old } = await probe.create(entity);
        const { ids, since } = await several(probe, entity, 2);
        const found = (await walk(probe, entity, since)).ids;
        complete(ids, found);
        if (probe.target.control !== null) expectTrue(!found.includes(old), 'an older record is listed');
      },
      { needs: 'changed-since' },
    ),
    make(
      'list',
      'equal-timestamps',
      `${name} of exactly the given time are listed`,
      async (probe) => {
        filterOf(probe);
        const { id, answer } = await probe.create(entity);
        const found = await walk(probe, entity, sinceFilter(probe, timeOf(probe, answer.body)));
        expectTrue(found.ids.includes(id), 'a record of the given time is not listed');
      },
      { needs: 'changed-since' },
    ),
    make(
      'list',
      'bad-time',
      `A time in a wrong form is refused for ${name}`,
      async (probe) => {
        const filter = filterOf(probe);
        const wrong = filter.format === 'iso' ? '1768467600000' : '2026-01-15T09:00:00Z';
        const answer = await probe.call(probe.api.routes.list, entity, null, {
          query: `?${filter.param}=${wrong}`,
        });
        expectStatus(answer.status, 400, 'a time in a wrong form');
      },
      { needs: 'changed-since' },
    ),
  );
  if (paging.kind === 'page' && paging.totalHeader !== null)
    checks.push(
      make(
        'list',
        'total',
        `The number of ${name} stands in ${paging.totalHeader}, the next page in Link`,
        async (probe) => {
          const { since } = await several(probe, entity, SIZE + 1);
          const answer = await probe.call(probe.api.routes.list, entity, null, {
            query: `?${paging.sizeParam}=${SIZE}${since}`,
          });
          expectTrue(
            since === ''
              ? Number(answer.headers.get(paging.totalHeader ?? '')) > SIZE
              : answer.headers.get(paging.totalHeader ?? '') === String(SIZE + 1),
            'the total is wrong or missing',
          );
          expectTrue(/rel="next"/.test(answer.headers.get('link') ?? ''), 'Link names no next page');
        },
      ),
    );
  if (contract.api.filterByField) checks.push(filterCheck(contract, entity));
  if (contract.api.routes.search !== null) checks.push(searchCheck(contract, entity));
  return checks;
}

function searchCheck(contract: SystemContract, entity: EntityContract): ContractCheck {
  return maker(contract, entity)(
    'search',
    'finds',
    `A search finds a ${entity.name} by a property, once it is indexed`,
    async (probe) => {
      const { search } = probe.api.routes;
      if (search === null) return;
      const { id, fields } = await probe.create(entity);
      probe.target.control?.advance(60_000);
      const field =
        entity.fields.find((one) => one.unique === true || /email/.test(one.path)) ?? entity.fields[0];
      const value: Json = field === undefined ? null : getPath(fields, field.path);
      const answer = await probe.call(search, entity, null, {
        body: { filters: [{ property: field?.path ?? '', value }] },
      });
      expectStatus(answer.status, 200, 'a search');
      expectTrue(
        probe.items(answer.body).some((item) => probe.idOf(item) === id),
        'the record is not found',
      );
    },
  );
}

function filterCheck(contract: SystemContract, entity: EntityContract): ContractCheck {
  return maker(contract, entity)(
    'list',
    'by-field',
    `A listing of ${entity.name} can be narrowed to a value of a field`,
    async (probe) => {
      const field = entity.fields.find((one) => one.unique === true)?.path ?? plainField(entity);
      const { id, fields } = await probe.create(entity);
      const { id: other } = await probe.create(entity);
      const value = encodeURIComponent(String(getPath(fields, field)));
      const answer = await probe.call(probe.api.routes.list, entity, null, { query: `?${field}=${value}` });
      expectStatus(answer.status, 200, 'a filtered listing');
      const ids = probe.items(answer.body).map((item) => probe.idOf(item));
      expectTrue(ids.includes(id), 'the record of that value is not listed');
      expectTrue(!ids.includes(other), 'a record of another value is listed');
    },
  );
}
