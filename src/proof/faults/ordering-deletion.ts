import type { Json } from '../../contract/field.js';
import { ClientError } from '../../sync/client-error.js';
import type { Fault } from './fault.js';
import {
  answering,
  eventOf,
  idIn,
  isDeletedFeed,
  isObject,
  isShopList,
  json,
  pathOf,
  queryOf,
  storing,
  withBody,
} from './tools.js';

/** Defects 41 to 44: ordering and dependency. */
export const ORDERING: Fault[] = [
  {
    id: 41,
    title: 'What refers to a record that is not there yet is given up',
    breaks: 'sync-every, I14',
    expected: /^order\/sync-every\/.*\/late-reference$/,
    make: () => ({
      stages: {
        unresolved: (ref) => {
          throw new ClientError('permanent', `${ref} is unknown`, null);
        },
      },
    }),
  },
  {
    id: 42,
    title: 'An update that arrives before the creation makes a second record',
    breaks: 'sync-every, I15, I2',
    expected: /^customer\/sync-every\/.*\/events-reversed$/,
    make: () => {
      const early = new Set<string>();
      const twice = new Set<string>();
      return {
        service: (inner) => async (request) => {
          const body = await eventOf(request);
          const event = isObject(body) ? String(body['event'] ?? '') : '';
          const id = isObject(body) ? String(body['id']) : '';
          if (event.endsWith('.updated')) early.add(id);
          if (event.endsWith('.created') && early.has(id)) twice.add(id);
          return inner(request);
        },
        ...storing((inner) => {
          const hidden = new Set<string>();
          return {
            putLink: (link) => {
              if (!twice.delete(link.aId)) return inner.putLink(link);
              hidden.add(link.bId);
              const entity = 'Customer';
              inner.markDirty({ side: 'a', entity, id: link.aId }, 0);
            },
            findByMatchKey: (side, entity, key) =>
              inner.findByMatchKey(side, entity, key).filter((id) => !hidden.has(id)),
          };
        }),
      };
    },
  },
  {
    id: 43,
    title: 'What waits for another record is given up after some tries',
    breaks: 'sync-every, I14',
    expected: /^order\/sync-every\/.*\/late-reference$/,
    make: () => storing((inner) => ({ waitFor: (key, mark) => inner.settleDirty(key, mark) })),
  },
  {
    id: 44,
    title: 'An order whose customer was deleted since is lost',
    breaks: 'sync-every, I5, I14',
    expected: /^order\/sync-every\/.*\/deleted-reference$/,
    make: () =>
      storing((inner) => ({
        linkOf: (pair, side, id) => {
          const link = inner.linkOf(pair, side, id);
          return link !== null && link.state !== 'live'
            ? { ...link, state: side === 'a' ? 'b-gone' : 'a-gone' }
            : link;
        },
      })),
  },
];

const PROPAGATE = { delete: 'propagate', deleteVersusEdit: 'delete-wins' } as const;

/** Takes every record that a listing does not show for deleted. */
function deletesTheUnseen(broken: (page: number, status: number, count: number) => boolean): Fault['make'] {
  return () => {
    const known = new Map<string, Set<string>>();
    const gone = new Set<string>();
    const page = new Map<string, Set<string>>();
    return {
      fetch: (inner) => async (request) => {
        const path = pathOf(request);
        const id = idIn(request);
        if (request.method === 'GET' && id !== null && gone.has(`${path}`)) return json({}, 404);
        const answer = await inner(request);
        if (isDeletedFeed(request) && !path.startsWith('/objects')) {
          const collection = path.replace('/deleted', '');
          return withBody(answer, (body) => [
            ...(Array.isArray(body) ? body : []),
            ...[...gone]
              .filter((one) => one.startsWith(`${collection}/`))
              .map((one) => ({
                id: one.slice(collection.length + 1),
                deleted_at: new Date(8_640_000_000_000).toISOString(),
              })),
          ]);
        }
        if (!isShopList(request)) return answer;
        const number = Number(queryOf(request).get('page') ?? 1);
        const seen = known.get(path) ?? new Set<string>();
        known.set(path, seen);
        let count = 0;
        const result = await withBody(answer, (body) => {
          const ids = (Array.isArray(body) ? body : []).map((one) =>
            isObject(one) ? String(one['id']) : '',
          );
          count = ids.length;
          if (number === 1) page.set(path, new Set());
          for (const one of ids) page.get(path)?.add(one);
          if (!broken(number, answer.status, count)) for (const one of ids) seen.add(one);
          return body;
        });
        if (broken(number, answer.status, count)) {
          for (const one of seen) if (page.get(path)?.has(one) !== true) gone.add(`${path}/${one}`);
          return json([]);
        }
        return result;
      },
    };
  };
}

/** Defects 46 to 53: deletion and archival. */
export const DELETION: Fault[] = [
  {
    id: 46,
    title: 'A deletion is invisible to the poll for changes',
    breaks: 'keep-in-sync, I20',
    policies: PROPAGATE,
    expected: /\/deleted-not-recreated$/,
    make: () =>
      answering((request, inner) =>
        isDeletedFeed(request)
          ? inner(request).then((answer) =>
              withBody(answer, (body) => (Array.isArray(body) ? [] : { results: [] })),
            )
          : null,
      ),
  },
  {
    id: 47,
    title: 'A record that is gone is created again',
    breaks: 'keep-in-sync, I21',
    expected: /\/deleted-not-recreated$/,
    make: () => ({ stages: { onGone: () => 'recreate' } }),
  },
  {
    id: 48,
    title: 'A tombstone blocks what a user creates again',
    breaks: 'sync-every, I21',
    expected: /\/recreate-after-delete$/,
    make: () => {
      const texts = new Map<string, string>();
      const dead = new Set<string>();
      return storing((inner) => ({
        remember: (key, digest, keys) => {
          texts.set(`${key.side} ${key.entity} ${key.id}`, keys.join());
          inner.remember(key, digest, keys);
        },
        putLink: (link) => {
          if (link.state === 'a-gone')
            for (const [place, text] of texts) if (place.endsWith(` ${link.aId}`)) dead.add(text);
          inner.putLink(link);
        },
        markDirty: (key, now) => {
          const text = texts.get(`${key.side} ${key.entity} ${key.id}`);
          if (key.side === 'b' || text === undefined || !dead.has(text)) inner.markDirty(key, now);
        },
        dirty: () =>
          inner.dirty().filter((key) => {
            const text = texts.get(`${key.side} ${key.entity} ${key.id}`);
            return key.side === 'b' || text === undefined || text === '' || !dead.has(text);
          }),
      }));
    },
  },
  {
    id: 49,
    title: 'An empty listing means that everything was deleted',
    breaks: 'keep-in-sync, I20',
    policies: PROPAGATE,
    expected: /\/broken-listing\/empty$/,
    make: deletesTheUnseen((page, status, count) => page === 1 && status === 200 && count === 0),
  },
  {
    id: 50,
    title: 'A listing that failed in the middle deletes what it did not show',
    breaks: 'keep-in-sync, I20',
    policies: PROPAGATE,
    expected: /\/broken-listing\/failed-page$/,
    make: deletesTheUnseen((page, status) => page > 1 && status >= 500),
  },
  {
    id: 51,
    title: 'An update of a vanished record fails for ever and holds up the others',
    breaks: 'keep-in-sync, I22',
    expected: /\/deleted-not-recreated$/,
    make: () => ({
      stages: { onGone: () => 'fail' },
      ...storing((inner) => ({
        dirty: () => {
          const stuck = inner.dirty().find((entry) => entry.attempts > 0);
          return stuck === undefined ? inner.dirty() : [stuck];
        },
      })),
    }),
  },
  {
    id: 52,
    title: 'Writes into an archived record and calls it done',
    breaks: 'keep-in-sync, I24',
    expected: /\/deleted-not-recreated$/,
    make: () => {
      const seen = new Map<string, Json>();
      return {
        fetch: (inner) => async (request) => {
          const path = pathOf(request);
          if (isDeletedFeed(request) && path.startsWith('/objects')) return json({ results: [] });
          const answer = await inner(request);
          if (idIn(request) === null || !path.startsWith('/objects')) return answer;
          const old = seen.get(path);
          if (answer.status === 404 && old !== undefined) return json(old);
          return withBody(answer, (body) => {
            seen.set(path, body);
            return body;
          });
        },
      };
    },
  },
  {
    id: 53,
    title: 'A restored record is still taken for deleted',
    breaks: 'keep-in-sync, I21',
    expected: /\/restored$/,
    make: () => {
      const archived = new Set<string>();
      return {
        service: (inner) => async (request) => {
          const body = await eventOf(request);
          for (const event of Array.isArray(body) ? body : [])
            if (isObject(event) && event['change'] === 'archived') archived.add(String(event['objectId']));
          return inner(request);
        },
        ...answering((request) =>
          archived.has(idIn(request) ?? '') && request.method === 'GET'
            ? Promise.resolve(json({ title: 'gone' }, 404))
            : null,
        ),
      };
    },
  },
];
