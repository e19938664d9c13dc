import type { Link } from '../../sync/store/port.js';
import { crmLines } from './crm-lines.js';
import type { Fault } from './fault.js';
import { storing } from './tools.js';

const placeOf = (pair: string, aId: string) => `${pair} ${aId}`;

/** Defects 7 to 15: linking, matching, merging. */
export const LINKING: Fault[] = [
  {
    id: 7,
    title: 'E-mail addresses are matched by their case',
    breaks: 'sync-every, I28',
    expected: /\/match-any-case\//,
    make: () => ({ stages: { normaliseKey: (value) => JSON.stringify(value) } }),
  },
  {
    id: 8,
    title: 'The link is the mutable e-mail address',
    breaks: 'keep-in-sync, I3',
    expected: /^customer\/sync-every\/.*\/key-edit\/email$/,
    make: () => {
      const now = new Map<string, string>();
      const linked = new Map<string, string | undefined>();
      return storing((inner) => ({
        remember: (key, digest, texts) => {
          if (key.side === 'a') now.set(key.id, texts.join());
          inner.remember(key, digest, texts);
        },
        putLink: (link) => {
          if (!linked.has(link.aId)) linked.set(link.aId, now.get(link.aId));
          inner.putLink(link);
        },
        linkOf: (pair, side, id) => {
          const link = inner.linkOf(pair, side, id);
          return side === 'a' && link !== null && linked.get(id) !== now.get(id) ? null : link;
        },
      }));
    },
  },
  {
    id: 9,
    title: 'Products are matched by their name',
    breaks: 'sync-every, I28',
    expected: /^product\/sync-every\/.*\/near-miss\/sku$/,
    make: () => ({
      plan: (plan) => ({
        ...plan,
        pairs: plan.pairs.map((pair) =>
          pair.slug !== 'product'
            ? pair
            : {
                ...pair,
                match: pair.match.map((key) => ({
                  ...key,
                  parts: [{ a: 'name', b: 'title', normalise: 'none' as const }],
                })),
              },
        ),
      }),
    }),
  },
  {
    id: 10,
    title: 'Lines are matched by their position before their product',
    breaks: 'keep-in-sync, I14',
    expected: /^order\/keep-in-sync\/webshop-to-crm\/lines\/(?:reordered|replaced)$/,
    make: () => ({
      fetch: crmLines((lines, _id, before) =>
        lines.map((line, at) => ({
          ...line,
          associations: before[at]?.['associations'] ?? line['associations'] ?? null,
        })),
      ),
    }),
  },
  {
    id: 11,
    title: 'Two records are linked with one',
    breaks: 'sync-every, I2',
    expected: /^customer\/sync-every\/.*\/shared\/email$/,
    make: () => {
      const extra = new Map<string, Link>();
      return {
        stages: { isFree: () => true },
        ...storing((inner) => ({
          putLink: (link) => {
            const other = inner.linkOf(link.pair, 'b', link.bId);
            if (other === null || other.aId === link.aId) inner.putLink(link);
            else extra.set(placeOf(link.pair, link.aId), link);
          },
          linkOf: (pair, side, id) =>
            (side === 'a' ? extra.get(placeOf(pair, id)) : undefined) ?? inner.linkOf(pair, side, id),
          links: () => [...inner.links(), ...extra.values()],
        })),
      };
    },
  },
  {
    id: 12,
    title: 'The loser of a merge reads as a deletion that is passed on',
    breaks: 'keep-in-sync, I20',
    nearest:
      'neither system merges records in one call: the loser is deleted, and the fault passes that deletion on although the policy is to ignore it',
    expected: /\/deleted-not-recreated$/,
    make: () => ({
      plan: (plan) => ({
        ...plan,
        pairs: plan.pairs.map((pair) => ({
          ...pair,
          policies: { ...pair.policies, delete: 'propagate', deleteVersusEdit: 'delete-wins' },
        })),
      }),
    }),
  },
  {
    id: 13,
    title: 'A dead id is an error twice and a new record the third time',
    breaks: 'keep-in-sync, I21',
    expected: /\/deleted-not-recreated$/,
    make: () => {
      let seen = 0;
      return { stages: { onGone: () => ((seen += 1) < 3 ? 'fail' : 'recreate') } };
    },
  },
  {
    id: 14,
    title: 'A record that left the scope is created again when it returns',
    breaks: 'sync-when, I2',
    suite: 'conditional',
    expected: /\/sync-when\/.*\/returns$/,
    make: ({ plan }) =>
      storing((inner) => ({
        remember: (key, digest, texts) => {
          inner.remember(key, digest, texts);
          for (const { slug, entity, creation } of plan.pairs) {
            if (key.side !== 'a' || entity.a !== key.entity || creation.a.kind !== 'when') continue;
            const { path, equals } = creation.a.condition;
            if ((JSON.parse(digest) as Record<string, unknown>)[path] !== equals)
              inner.dropLink(slug, key.id);
          }
        },
        findByMatchKey: () => [],
      })),
  },
  {
    id: 15,
    title: 'Two people who share an e-mail address are fused',
    breaks: 'sync-every, I4',
    expected: /^customer\/sync-every\/.*\/shared\/email$/,
    make: () => ({
      stages: { isFree: () => true },
      ...storing((inner) => ({
        putLink: (link) => {
          const other = inner.linkOf(link.pair, 'b', link.bId);
          if (other !== null && other.aId !== link.aId) {
            inner.dropLink(link.pair, other.aId);
            inner.putLink({ ...link, base: other.base });
          } else inner.putLink(link);
        },
      })),
    }),
  },
];

/** Our own: a candidate search that returns more than it was asked for. */
export const SUPERSET: Fault = {
  id: 102,
  title: 'A search that returns a superset is believed',
  breaks: 'sync-every, I28',
  expected: /\/near-miss\//,
  make: () => ({ stages: { normaliseKey: () => 'all' } }),
};

/** Our own: the first merge of two records that were there before. */
export const FIRST_MERGE: Fault = {
  id: 104,
  title: 'An empty value overwrites a full one when two records first merge',
  breaks: 'sync-every, I13',
  expected: /\/first-merge\//,
  make: () => ({
    plan: (plan) => ({
      ...plan,
      pairs: plan.pairs.map((pair) => ({
        ...pair,
        policies: { ...pair.policies, emptyOnMerge: 'overwrite' },
      })),
    }),
  }),
};
