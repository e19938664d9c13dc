import type { Fault } from './fault.js';
import { freshKeys, storing } from './tools.js';

/** Defects 33 to 37: echoes and loops. */
export const ECHO: Fault[] = [
  {
    id: 33,
    title: 'The event of an own write is passed on again',
    breaks: 'keep-in-sync, I6, I7',
    expected: /\/(?:write-budget|repeat-run|no-op-save)$/,
    make: () => ({
      stages: { baseAfterWrite: (before) => before, alreadyThere: () => false, passOverKnown: () => false },
    }),
  },
  {
    id: 34,
    title: 'What is edited right after an own write is taken for its echo',
    breaks: 'keep-in-sync, I5',
    expected: /\/edit-after-arrival$/,
    make: ({ now }) => {
      const written = new Map<string, number>();
      return storing((inner) => ({
        putLink: (link) => {
          if (link.pending !== null) {
            const id = link.pending.side === 'a' ? link.aId : link.bId;
            written.set(`${link.pending.side} ${id}`, now());
          }
          inner.putLink(link);
        },
        markDirty: (key, at) => {
          const last = written.get(`${key.side} ${key.id}`);
          if (last === undefined || at - last > 2000) inner.markDirty(key, at);
        },
      }));
    },
  },
  {
    id: 35,
    title: 'The counterpart of a new record is told to nobody',
    breaks: 'sync-every, I2',
    nearest:
      'no row of the document writes an id back; the link that the sync tells stands for the back-reference, and is withheld',
    expected: /\/sync-every\/.*\/create$/,
    make: () => storing(() => ({ links: () => [] })),
  },
  {
    id: 36,
    title: 'Compares before the provider brought the value into its own form',
    breaks: 'keep-in-sync, I6, I9',
    expected: /\/outer-blanks$/,
    make: () => ({
      stages: {
        passOverKnown: () => false,
        baseAfterWrite: (before, after) =>
          Object.fromEntries(
            Object.entries(after).map(([slug, cell]) => {
              const isText = typeof cell.a === 'string' && typeof cell.b === 'string';
              const wasWritten = JSON.stringify(before[slug]) !== JSON.stringify(cell);
              const isTrimmed = isText && String(cell.a).trim() === String(cell.b).trim();
              return [slug, wasWritten && isTrimmed ? { ...cell, b: cell.a ?? null } : cell];
            }),
          ),
      },
    }),
  },
  {
    id: 37,
    title: 'A lost cache of what was written sends everything again',
    breaks: 'keep-in-sync, I6, I17',
    expected: /\/restart$/,
    make: ({ memory }) => {
      let storm = false;
      return {
        stages: { alreadyThere: (value, held) => !storm && JSON.stringify(value) === JSON.stringify(held) },
        ...storing((inner) => ({
          digest: (key) => (memory.has(`${key.side} ${key.id}`) ? inner.digest(key) : null),
          remember: (key, digest, texts) => {
            memory.set(`${key.side} ${key.id}`, true);
            inner.remember(key, digest, texts);
          },
          putLink: (link) => {
            memory.set(`${link.pair} ${link.aId}`, true);
            inner.putLink(link);
          },
          linkOf: (pair, side, id) => {
            const link = inner.linkOf(pair, side, id);
            storm = link !== null && !memory.has(`${pair} ${link.aId}`);
            return storm && link !== null ? { ...link, base: {} } : link;
          },
        })),
      };
    },
  },
];

const overlapping = (blind: (pair: string) => boolean): Fault['make'] => {
  const next = freshKeys();
  return () => ({
    stages: { idempotencyKey: (stored, fresh) => (blind('') ? next() : (stored ?? fresh())) },
    ...storing(() => ({ takeLease: () => true })),
  });
};

/** Defects 38 to 45: idempotency, ordering and dependency. */
export const IDEMPOTENCY: Fault[] = [
  {
    id: 38,
    title: 'The same event handled twice at once makes two records',
    breaks: 'sync-every, I16, I18',
    expected: /\/two-workers$/,
    make: overlapping(() => true),
  },
  {
    id: 39,
    title: 'An event counts as done before its work is; the failed one is never repeated',
    breaks: 'sync-every, I5',
    expected: /\/transient-error$/,
    make: () => storing((inner) => ({ postpone: (key, mark) => inner.settleDirty(key, mark) })),
  },
  {
    id: 40,
    title: 'A create whose answer was lost is sent again blindly',
    breaks: 'sync-every, I16',
    expected: /^customer\/sync-every\/.*\/lost-response$/,
    make: () => {
      const next = freshKeys();
      return { stages: { idempotencyKey: () => next(), looksBeforeRepeat: () => false } };
    },
  },
  {
    id: 45,
    title: 'Two imports at once make the record they share twice',
    breaks: 'sync-every, I2, I18',
    expected: /^order\/sync-every\/.*\/two-workers$/,
    make: overlapping(() => true),
  },
];
