import type { Json, JsonObject } from '../../contract/field.js';
import type { WireFetch } from '../../contract/wire.js';
import { crmLines } from './crm-lines.js';
import type { Fault } from './fault.js';
import { carrying, idIn, isObject, isShopList, pathOf, refuse, resend, withBody } from './tools.js';

const isOrder = (path: string) => /^(?:\/objects)?\/orders(?:\/|$)/.test(path);

const productOf = (line: JsonObject) => JSON.stringify(line['associations']);

/** Records of the webshop as the sync reads them, changed. */
function reading(change: (record: JsonObject) => JsonObject): (inner: WireFetch) => WireFetch {
  return (inner) => async (request) => {
    const path = pathOf(request);
    if (request.method !== 'GET' || path.startsWith('/objects') || !isOrder(path)) return inner(request);
    if (idIn(request) === null && !isShopList(request)) return inner(request);
    return withBody(await inner(request), (body) =>
      Array.isArray(body)
        ? body.map((one) => (isObject(one) ? change(one) : one))
        : isObject(body)
          ? change(body)
          : body,
    );
  };
}

/** Defects 16 to 24: propagation of edits. */
export const EDITS: Fault[] = [
  {
    id: 16,
    title: 'Clearing a property is never passed on',
    breaks: 'keep-in-sync, I13',
    expected: /\/clear$/,
    make: () => ({ stages: { emptyIsEdit: () => false } }),
  },
  {
    id: 17,
    title: 'An update writes every field, also those that no row names',
    breaks: 'keep-in-sync, I8',
    expected: /\/unmapped-untouched$/,
    make: () => ({
      stages: {
        besides: (fields, changed) =>
          new Map(
            fields
              .filter((path) => !changed.has(path) && /^(?:internal_note|ownerNote)$/.test(path))
              .map((path) => [path, null]),
          ),
      },
    }),
  },
  {
    id: 18,
    title: 'A change of a line alone is not seen',
    breaks: 'keep-in-sync, I5',
    expected: /\/lines\/quantity$/,
    make: () => {
      const kept = new Map<string, { rest: string; lines: Json }>();
      return {
        fetch: reading((record) => {
          const { lines = null, updated_at: _at, ...rest } = record;
          const id = String(record['id']);
          const old = kept.get(id);
          if (old?.rest === JSON.stringify(rest)) return { ...record, lines: old.lines };
          kept.set(id, { rest: JSON.stringify(rest), lines });
          return record;
        }),
      };
    },
  },
  {
    id: 19,
    title: 'A line that was replaced or removed stays',
    breaks: 'keep-in-sync, I14',
    expected: /\/webshop-to-crm\/lines\/(?:replaced|removed)$/,
    make: () => ({
      fetch: crmLines((lines, _id, before) => {
        const products = new Set(lines.map(productOf));
        return [...lines, ...before.filter((line) => !products.has(productOf(line)))];
      }),
    }),
  },
  {
    id: 20,
    title: 'Replacing the list empties the lines that did not change',
    breaks: 'keep-in-sync, I14',
    expected: /\/webshop-to-crm\/lines\/(?:quantity|added)$/,
    make: () => ({
      fetch: crmLines((lines, _id, before) =>
        lines.map((line) => {
          const isOld = before.some((one) => JSON.stringify(one) === JSON.stringify(line));
          return isOld ? { ...line, discountMinor: null, taxRate: null } : line;
        }),
      ),
    }),
  },
  {
    id: 21,
    title: 'An unrelated save pushes a stale value along',
    breaks: 'keep-in-sync, I12',
    expected: /\/(?:conflict\/different-properties|edit-during-sync)$/,
    make: () => {
      const first = new Map<string, JsonObject>();
      return {
        fetch: (inner) => async (request) => {
          const id = idIn(request);
          if (id === null || !pathOf(request).startsWith('/objects')) return inner(request);
          const stale = first.get(id) ?? {};
          const sent =
            request.method !== 'PATCH'
              ? request
              : await resend(request, {
                  body: (body) => ({
                    ...body,
                    properties: { ...stale, ...(isObject(body['properties']) ? body['properties'] : {}) },
                  }),
                });
          return withBody(await inner(sent), (body) => {
            const properties = isObject(body) && isObject(body['properties']) ? body['properties'] : {};
            if (!first.has(id)) first.set(id, properties);
            return body;
          });
        },
      };
    },
  },
  {
    id: 22,
    title: 'A stored value outside its own choice makes every later save fail',
    breaks: 'keep-in-sync, I27, I22',
    expected: /\/unknown-value$/,
    make: () =>
      carrying((row, from, value) => {
        if (row.transform.kind !== 'enum') return undefined;
        const known = row.transform.pairs.some((pair) => pair[from === 'a' ? 0 : 1] === value);
        return known ? undefined : refuse(row[from]);
      }),
  },
  {
    id: 23,
    title: 'The filler for an empty property returns as data',
    breaks: 'sync-every, I4, I13',
    expected: /\/create-sparse$/,
    make: () =>
      carrying((row, from, value) =>
        value === null && from === 'a' && /^(?:company|description|note)$/.test(row.slug) ? 'n/a' : undefined,
      ),
  },
  {
    id: 24,
    title: 'A cancelled order becomes an open one',
    breaks: 'properties, I4',
    expected: /^order\/(?:properties|keep-in-sync)\/webshop-to-crm\/status/,
    make: () =>
      carrying((row, from, value) =>
        from === 'a' && row.slug === 'status' && value === 'cancelled' ? 'open' : undefined,
      ),
  },
];

/** Our own: a property that the document lists and the sync leaves out. */
export const DROPPED: Fault = {
  id: 105,
  title: 'One property of the table is never carried',
  breaks: 'properties, I4, I5',
  expected: /^customer\/(?:properties|keep-in-sync)\/[a-z-]+\/company(?:\/|$)/,
  make: () => ({ stages: { rows: (rows) => rows.filter((row) => row.slug !== 'company') } }),
};
