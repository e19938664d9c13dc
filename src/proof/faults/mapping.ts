import type { Json } from '../../contract/field.js';
import { CORRECT_STAGES } from '../../sync/stages.js';
import type { Fault } from './fault.js';
import { carrying, refuse } from './tools.js';

const DAY = 86_400_000;
const isText = (value: Json): value is string => typeof value === 'string';
const isLedByZeros = (value: Json): value is string => isText(value) && /^0[\d ]+$/.test(value);
const hasEmoji = (value: Json): boolean => isText(value) && /\p{Extended_Pictographic}/u.test(value);

/** Defects 54 to 69: mapping and types. */
export const MAPPING: Fault[] = [
  {
    id: 54,
    title: 'Money is rounded through binary fractions',
    breaks: 'properties, I9',
    expected: /\/(?:price|total|shipping-price)(?:\/|$)/,
    make: () =>
      carrying((row, from, value) =>
        from === 'a' && row.transform.kind === 'decimal-minor' && isText(value)
          ? Math.floor(Number(value) * 100)
          : undefined,
      ),
  },
  {
    id: 55,
    title: 'Prices with tax are taken for prices without',
    breaks: 'properties, I4',
    nearest: 'neither system tells whether a price includes tax; the fault always adds the tax',
    expected: /^product\/(?:properties|keep-in-sync)\/webshop-to-crm\/price/,
    make: () =>
      carrying((row, from, value) =>
        from === 'a' && row.slug === 'price' && isText(value) ? Math.round(Number(value) * 125) : undefined,
      ),
  },
  {
    id: 56,
    title: 'The currency is hard-coded',
    breaks: 'properties, I4, I14',
    expected: /\/currency(?:\/|$)/,
    make: () =>
      carrying((row, _from, value) => (row.slug === 'currency' && value !== null ? 'EUR' : undefined)),
  },
  {
    id: 57,
    title: 'A date moves by a day each time it is carried',
    breaks: 'properties, I9',
    expected: /\/date-of-birth(?:\/|$)/,
    make: () =>
      carrying((row, from, value) => {
        if (row.transform.kind !== 'date-epoch' || value === null) return undefined;
        return from === 'a'
          ? Date.parse(`${String(value)}T00:00:00Z`) - DAY
          : new Date(Number(value) - DAY).toISOString().slice(0, 10);
      }),
  },
  {
    id: 58,
    title: 'Digits are taken for a number and lose their leading zeros',
    breaks: 'properties, I4',
    expected: /\/leading-zeros$/,
    make: () =>
      carrying((_row, _from, value) =>
        isLedByZeros(value) ? String(Number(value.replaceAll(' ', ''))) : undefined,
      ),
  },
  {
    id: 59,
    title: 'A phone number with an extension rejects the whole record',
    breaks: 'keep-in-sync, I5',
    expected: /\/phone\/extension$/,
    make: () =>
      carrying((row, _from, value) =>
        row.slug === 'phone' && isText(value) && value.includes('ext') ? refuse('phone') : undefined,
      ),
  },
  {
    id: 60,
    title: 'Text beyond three bytes a letter rejects the whole record',
    breaks: 'keep-in-sync, I5',
    expected: /\/emoji$/,
    make: () => carrying((row, _from, value) => (hasEmoji(value) ? refuse(row.a) : undefined)),
  },
  {
    id: 61,
    title: 'The same letter in another encoding is another key',
    breaks: 'sync-every, I28',
    expected: /\/match-any-encoding\//,
    make: () => ({ stages: { normaliseKey: (value) => String(value).toLowerCase() } }),
  },
  {
    id: 62,
    title: 'An unknown value becomes the first known one',
    breaks: 'keep-in-sync, I27',
    expected: /\/unknown-value$/,
    make: () =>
      carrying((row, from, value) => {
        if (row.transform.kind !== 'enum' || value === null) return undefined;
        const [own, far] = from === 'a' ? ([0, 1] as const) : ([1, 0] as const);
        const known = row.transform.pairs.some((pair) => pair[own] === value);
        return known ? undefined : (row.transform.pairs[0]?.[far] ?? null);
      }),
  },
  {
    id: 63,
    title: 'Any text is true, also "no"',
    breaks: 'properties, I4',
    expected: /\/crm-to-webshop\/(?:marketing-consent|active)(?:\/|$)/,
    make: () =>
      carrying((row, from, value) =>
        row.transform.kind === 'boolean-enum' && from === 'b' && value !== null ? true : undefined,
      ),
  },
  {
    id: 64,
    title: 'Zero is taken for no value',
    breaks: 'keep-in-sync, I13',
    expected: /\/zero$/,
    make: () =>
      carrying((_row, _from, value) =>
        value === 0 || (isText(value) && /^0\.0+$/.test(value)) ? null : undefined,
      ),
  },
  {
    id: 65,
    title: 'A list is written as one text that the other system does not split',
    breaks: 'properties, I4',
    expected: /\/(?:tags|categories)(?:\/|$)/,
    make: () =>
      carrying((row, from, value) =>
        row.transform.kind === 'joined-list' && from === 'a' && Array.isArray(value)
          ? value.join(', ')
          : undefined,
      ),
  },
  {
    id: 66,
    title: 'Text is cut, and the cut text returns',
    breaks: 'keep-in-sync, I5, I12',
    policies: { longText: 'truncate' },
    expected: /\/over-long$/,
    make: () => ({
      stages: {
        passOverKnown: () => false,
        baseAfterWrite: (_before, after) =>
          Object.fromEntries(
            Object.entries(after).map(([slug, cell]) => {
              const { a, b } = cell;
              const isCut =
                isText(a ?? null) && isText(b ?? null) && a !== b && String(a).startsWith(String(b));
              return [slug, isCut ? { a: a ?? null, b: a ?? null } : cell];
            }),
          ),
      },
    }),
  },
  {
    id: 67,
    title: 'Large whole numbers lose their last digits',
    breaks: 'keep-in-sync, I4',
    expected: /\/largest$/,
    make: () =>
      carrying((_row, _from, value) =>
        typeof value === 'number' && value > 2 ** 31 ? Math.fround(value) : undefined,
      ),
  },
  {
    id: 68,
    title: 'Markup is escaped once more each time',
    breaks: 'keep-in-sync, I9',
    expected: /\/markup$/,
    make: () =>
      carrying((_row, _from, value) =>
        isText(value) && value.includes('&') ? value.replaceAll('&', '&amp;') : undefined,
      ),
  },
  {
    id: 69,
    title: 'The middle of a name is lost',
    breaks: 'keep-in-sync, I4',
    expected: /\/(?:first|last)-name\/several-words$/,
    make: () =>
      carrying((row, _from, value) => {
        if (!/^(?:first|last)-name$/.test(row.slug) || !isText(value)) return undefined;
        const words = value.split(' ');
        return words.length < 3 ? undefined : `${words[0] ?? ''} ${words.at(-1) ?? ''}`;
      }),
  },
];

/** A defect beyond the catalogue. */
export const TEXT_REFERENCE: Fault = {
  id: 113,
  title: 'The id of a referred record is sent as a text where its system takes a number',
  breaks: 'keep-in-sync, I14',
  expected: /^order\/keep-in-sync\/crm-to-webshop\/(?:customer|lines\/)/,
  make: () => ({
    stages: {
      carry: (row, from, value, refer) =>
        CORRECT_STAGES.carry(row, from, value, (...asked) => {
          const id = refer(...asked);
          return typeof id === 'number' ? String(id) : id;
        }),
    },
  }),
};
