import type { Fault } from './fault.js';
import {
  answering,
  emptyList,
  idIn,
  isList,
  isObject,
  isShopList,
  json,
  pathOf,
  queryOf,
  resend,
  storing,
  withBody,
} from './tools.js';

const HOUR = 3_600_000;
const pageOf = (request: Parameters<typeof queryOf>[0]) => Number(queryOf(request).get('page') ?? 1);

/** The query of a listing changed. */
function asking(change: (query: URLSearchParams) => void): Fault['make'] {
  return () => ({
    fetch: (inner) => async (request) => {
      if (!isShopList(request)) return inner(request);
      const url = new URL(request.url);
      change(url.searchParams);
      return inner(await resend(request, { url: url.href }));
    },
  });
}

/** Defects 70 to 80: paging, watermarks and windows. */
export const PAGING: Fault[] = [
  {
    id: 70,
    title: 'Asks for what is newer than the watermark, not for what is as new',
    breaks: 'sync-every, I19',
    expected: /\/equal-timestamps$/,
    make: () => ({ stages: { pollFrom: (watermark) => (watermark === null ? null : watermark + 1) } }),
  },
  {
    id: 71,
    title: 'Pages by time and cannot pass a full page of one instant',
    breaks: 'sync-every, I19',
    expected: /\/(?:more-than-pages|exact-pages)$/,
    make: () => {
      const stuck = new Set<string>();
      return {
        fetch: (inner) => async (request) => {
          if (!isShopList(request)) return inner(request);
          if (pageOf(request) > 1 && stuck.has(pathOf(request))) return json([]);
          return withBody(await inner(request), (body) => {
            const times = new Set(
              (Array.isArray(body) ? body : []).map((one) => (isObject(one) ? one['updated_at'] : null)),
            );
            if (times.size === 1) stuck.add(pathOf(request));
            else stuck.delete(pathOf(request));
            return body;
          });
        },
      };
    },
  },
  {
    id: 72,
    title: 'The watermark is the end of the run',
    breaks: 'sync-every, I19',
    expected: /\/changed-during-run$/,
    make: ({ now }) =>
      storing((inner) => ({
        setWatermark: (side, entity, feed, at) => inner.setWatermark(side, entity, feed, Math.max(at, now())),
      })),
  },
  {
    id: 73,
    title: 'Rows that move between pages are passed over',
    breaks: 'sync-every, I19',
    expected: /\/moving-pages$/,
    make: () => ({ stages: { rereadPages: () => false } }),
  },
  {
    id: 74,
    title: 'Reads the first page only',
    breaks: 'sync-every, I19',
    expected: /\/(?:more-than-pages|exact-pages)$/,
    make: () =>
      answering((request) => (isShopList(request) && pageOf(request) > 1 ? Promise.resolve(json([])) : null)),
  },
  {
    id: 75,
    title: 'The last record of pages that are exactly full is dropped',
    breaks: 'sync-every, I19',
    expected: /\/exact-pages$/,
    make: () =>
      answering((request, inner) => {
        if (!isShopList(request)) return null;
        return inner(request).then(async (answer) => {
          const size = Number(queryOf(request).get('per_page'));
          const isLast = Number(answer.headers.get('x-total-count')) === pageOf(request) * size;
          return isLast
            ? withBody(answer, (body) => (Array.isArray(body) ? body.slice(0, -1) : body))
            : answer;
        });
      }),
  },
  {
    id: 76,
    title: 'A cap on the number of results loses the rest',
    breaks: 'sync-every, I19',
    expected: /\/more-than-pages$/,
    make: () =>
      answering((request) => (isShopList(request) && pageOf(request) > 2 ? Promise.resolve(json([])) : null)),
  },
  {
    id: 77,
    title: 'A nested list is cut at its first page',
    breaks: 'keep-in-sync, I14',
    expected: /\/lines\/many$/,
    make: () =>
      answering((request, inner) => {
        const path = pathOf(request);
        const reads = request.method === 'GET' && path.startsWith('/orders/') && idIn(request) !== null;
        if (!reads) return null;
        return inner(request).then((answer) =>
          withBody(answer, (body) =>
            isObject(body) && Array.isArray(body['lines'])
              ? { ...body, lines: body['lines'].slice(0, 10) }
              : body,
          ),
        );
      }),
  },
  {
    id: 78,
    title: 'The watermark passes a poll that failed',
    breaks: 'sync-every, I19',
    expected: /\/failed-poll$/,
    make: ({ now }) => {
      const failed = new Map<string, number>();
      return {
        ...answering((request, inner) => {
          if (!isList(request)) return null;
          return inner(request).then((answer) => {
            if (answer.status < 500) return answer;
            failed.set('a', now() + 1);
            return emptyList(request);
          });
        }),
        stages: {
          pollFrom: (watermark) => (watermark === null ? null : Math.max(watermark, failed.get('a') ?? 0)),
        },
      };
    },
  },
  {
    id: 79,
    title: 'Local time is given to a filter that means UTC',
    breaks: 'keep-in-sync, I19',
    expected: /\/lost-event$/,
    make: asking((query) => {
      const since = query.get('updated_since');
      if (since !== null) query.set('updated_since', new Date(Date.parse(since) + 2 * HOUR).toISOString());
    }),
  },
  {
    id: 80,
    title: 'A start sets the watermark to now',
    breaks: 'sync-every, I17, I19',
    expected: /\/changed-while-down$/,
    make: ({ now }) => {
      const started = now();
      return {
        stages: { pollFrom: (watermark) => (watermark === null ? null : Math.max(watermark, started)) },
      };
    },
  },
  {
    id: 96,
    title: 'Sends a filter in a form that the provider refuses',
    breaks: 'keep-in-sync, I15',
    expected: /\/lost-event$/,
    make: asking((query) => {
      const since = query.get('updated_since');
      if (since !== null) query.set('updated_since', String(Date.parse(since)));
    }),
  },
  {
    id: 101,
    title: 'Times are rounded up to whole seconds',
    breaks: 'sync-every, I19',
    expected: /\/(?:lost-event|changed-during-run|failed-poll|equal-timestamps)$/,
    make: asking((query) => {
      const since = query.get('updated_since');
      if (since !== null)
        query.set(
          'updated_since',
          new Date(Math.floor(Date.parse(since) / 1000) * 1000 + 1000).toISOString(),
        );
    }),
  },
];
