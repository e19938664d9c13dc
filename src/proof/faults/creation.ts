import type { Link } from '../../sync/store/port.js';
import type { Fault } from './fault.js';
import { carrying, pathOf, refuse, resend, storing } from './tools.js';

const placeOf = (pair: string, aId: string) => `${pair} ${aId}`;

/** Defects 1 to 6: creation. */
export const CREATION: Fault[] = [
  {
    id: 1,
    title: 'The link is not found again at the next edit',
    breaks: 'keep-in-sync, I2',
    expected: /^customer\/keep-in-sync\//,
    make: () =>
      storing((inner) => ({
        linkOf: (pair, side, id) => {
          const link = inner.linkOf(pair, side, id);
          return side === 'a' && link?.base !== null ? null : link;
        },
      })),
  },
  {
    id: 2,
    title: 'Every order mints a customer of its own',
    breaks: 'sync-every, I2, I14',
    expected: /^order\/sync-every\/.*(?:\/create|shared-reference)$/,
    make: () => {
      let minted = 0;
      return {
        fetch: (inner) => async (request) => {
          if (request.method !== 'POST' || pathOf(request) !== '/objects/orders') return inner(request);
          minted += 1;
          const guest = await resend(request, {
            url: request.url.replace('/orders', '/customers'),
            body: () => ({ properties: { email: `guest-${minted}@example.org` } }),
          });
          const made = (await (await inner(guest)).json()) as { id: string };
          return inner(
            await resend(request, { body: (body) => ({ ...body, associations: { customer: made.id } }) }),
          );
        },
      };
    },
  },
  {
    id: 3,
    title: 'A key that the target holds already is not looked up',
    breaks: 'sync-every, I28',
    expected: /^product\/sync-every\/.*\/match\/sku$/,
    make: () => {
      let looked = 0;
      return { stages: { normaliseKey: () => `${(looked += 1)}` } };
    },
  },
  {
    id: 4,
    title: 'A record without an optional value is not created',
    breaks: 'sync-every, I5, I13',
    expected: /\/create-sparse$/,
    make: () =>
      carrying((row, from, value) =>
        value === null && from === 'a' && row.transform.kind === 'identity' ? refuse(row.a) : undefined,
      ),
  },
  {
    id: 5,
    title: 'Finds before it creates, by a search that lags',
    breaks: 'sync-every, I2',
    expected: /^customer\/sync-every\/.*\/event-again-soon$/,
    make: ({ now, plan }) => {
      const seen = new Map<string, number>();
      const lag = plan.pairs.length > 1 ? -1 : 2000;
      const hidden = (link: Link | null) =>
        link !== null && now() - (seen.get(placeOf(link.pair, link.aId)) ?? -lag) < lag;
      return storing((inner) => ({
        putLink: (link) => {
          const place = placeOf(link.pair, link.aId);
          if (!seen.has(place)) seen.set(place, now());
          const old = inner.linkOf(link.pair, 'a', link.aId);
          if (old !== null && old.bId !== link.bId) inner.dropLink(link.pair, link.aId);
          inner.putLink(link);
        },
        linkOf: (pair, side, id) => {
          const link = inner.linkOf(pair, side, id);
          return hidden(link) ? null : link;
        },
        findByMatchKey: (side, entity, key) =>
          inner
            .findByMatchKey(side, entity, key)
            .filter((id) => !plan.pairs.some((pair) => hidden(inner.linkOf(pair.slug, side, id)))),
      }));
    },
  },
  {
    id: 6,
    title: 'Counterparts that were there before the first run are not matched',
    breaks: 'sync-every, I28',
    expected: /\/match\//,
    make: () =>
      storing((inner) => ({
        findByMatchKey: (side, entity, key) =>
          inner.fact('lastSuccess') === null ? [] : inner.findByMatchKey(side, entity, key),
      })),
  },
];
