import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json } from '../contract/field.js';
import { renderTime } from '../contract/http/time.js';
import { firstPage, nextPage } from '../contract/http/paging.js';
import { getPath } from '../contract/path.js';
import { ContractFailure, expectStatus, expectTrue, NotOffered, type ContractCheck } from './check.js';
import { maker, plainField, timeOf, update } from './make-check.js';
import type { Probe } from './probe.js';

const SIZE = 3;

/** Every id of a listing, page by page; `between` acts after the first page. */
async function walk(
  probe: Probe,
  entity: EntityContract,
  filter: string,
  between: () => Promise<void> = async () => undefined,
): Promise<{ ids: string[]; sizes: number[] }> {
  const { paging, routes } = probe.apiOf(entity);
  if (paging.kind === 'none')
    throw new NotOffered('the provider does not page', 'nothing: its lists are whole');
  const ids: string[] = [];
  const sizes: number[] = [];
  const small = { ...probe.apiOf(entity), paging: { ...paging, size: SIZE } };
  let url: string | null = firstPage(small, withFilter(probe.urlOf(routes.list, entity), filter));
  for (let page = 1; url !== null && page <= 400; page++) {
    const { url: target, headers } = await probe.letIn(url);
    const answer = await probe.send(routes.list.method, target, { headers });
    expectStatus(answer.status, 200, 'a page');
    const items = probe.items(entity, answer.body);
    sizes.push(items.length);
    ids.push(...items.map((item) => probe.idOf(entity, item)));
    if (page === 1) await between();
    const link = answer.headers.get('link');
    url = following(() => nextPage(small, url ?? '', { body: answer.body, count: items.length, link }));
  }
  return { ids, sizes };
}

const withFilter = (url: string, filter: string) =>
  filter === '' ? url : `${url}${url.includes('?') ? filter : filter.replace('&', '?')}`;

/** Errors: `ContractFailure` for a page that leads elsewhere or to itself. */
function following(next: () => string | null): string | null {
  try {
    return next();
  } catch (error) {
    throw new ContractFailure(error instanceof Error ? error.message : String(error));
  }
}

function filterOf(probe: Probe, entity: EntityContract) {
  const { changedSince } = probe.apiOf(entity);
  if (changedSince === null)
    throw new NotOffered('the provider does not filter by update time', 'its lists are read whole each time');
  return changedSince;
}

/** Only what was made by this check, where the provider filters by time. */
function sinceFilter(probe: Probe, entity: EntityContract, at: number): string {
  const { changedSince } = probe.apiOf(entity);
  if (changedSince === null) return '';
  const value = encodeURIComponent(renderTime(at, changedSince.format));
  return [changedSince.param, ...(changedSince.alsoParams ?? [])].map((name) => `&${name}=${value}`).join('');
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
    first = Math.min(first, timeOf(probe, entity, answer.body));
  }
  return { ids, since: sinceFilter(probe, entity, first) };
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
        const answer = await probe.call(probe.apiOf(entity).routes.list, entity, null, {
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
        filterOf(probe, entity);
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
        filterOf(probe, entity);
        const { id, answer } = await probe.create(entity);
        const found = await walk(
          probe,
          entity,
          sinceFilter(probe, entity, timeOf(probe, entity, answer.body)),
        );
        expectTrue(found.ids.includes(id), 'a record of the given time is not listed');
      },
      { needs: 'changed-since' },
    ),
    make(
      'list',
      'bad-time',
      `A time in a wrong form is refused for ${name}`,
      async (probe) => {
        const filter = filterOf(probe, entity);
        const wrong = filter.format === 'iso' ? '1768467600000' : '2026-01-15T09:00:00Z';
        const answer = await probe.call(probe.apiOf(entity).routes.list, entity, null, {
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
          const answer = await probe.call(probe.apiOf(entity).routes.list, entity, null, {
            query: `?${paging.pageParam}=1&${paging.sizeParam}=${SIZE}${since}`,
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
      const { search } = probe.apiOf(entity).routes;
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
        probe.items(entity, answer.body).some((item) => probe.idOf(entity, item) === id),
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
      const answer = await probe.call(probe.apiOf(entity).routes.list, entity, null, {
        query: `?${nameOf(probe, entity, field)}=${value}`,
      });
      expectStatus(answer.status, 200, 'a filtered listing');
      const ids = probe.items(entity, answer.body).map((item) => probe.idOf(entity, item));
      expectTrue(ids.includes(id), 'the record of that value is not listed');
      expectTrue(!ids.includes(other), 'a record of another value is listed');
    },
  );
}

const nameOf = (probe: Probe, entity: EntityContract, field: string): string =>
  (probe.apiOf(entity).filterParam ?? '{field}').replace('{field}', field);
