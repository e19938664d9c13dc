import { expect, test } from 'vitest';
import type { MappedRow } from '../../checklist/plan.js';
import { NotTestableHere } from '../failure.js';
import { carriedBack } from './back.js';
import { carry, fieldsOf, play, rowOf, text, type Setting } from './testing/played-sync.js';

const FIELDS: Setting['fields'] = {
  a: ['mobile', 'landline', 'name', 'kind'].map((path) => text(path)),
  b: ['phone', 'title', 'copy'].map((path) => text(path)),
};
const MOBILE = rowOf('mobile', 'phone', { precedence: 0 });
const LANDLINE = rowOf('landline', 'phone', { precedence: 1 });
const NAME = rowOf('name', 'title');
const ONLY_PERSONS: Partial<MappedRow> = { only: [{ side: 'a', path: 'kind', value: 'person' }] };

/** Records of side b are created on side a; the check is about one row. */
const begunOnB = (property: string, rows: MappedRow[], more: Partial<Setting> = {}) =>
  play({
    fields: FIELDS,
    rows,
    pair: { creation: { a: { kind: 'every' }, b: { kind: 'every' } } },
    work: (played) => carry(played, { from: 'b' }),
    ...more,
    check: { property, ...more.check },
  });
const lastStep = ({ context }: ReturnType<typeof play>) => context.steps.at(-1)?.text;

test('a record of side b is made with the value that the check is about', async () => {
  const played = begunOnB('name', [NAME], { check: { value: { label: 'umlaut', value: 'Müller' } } });

  await carriedBack(played.context);

  expect(fieldsOf(played, 'b', 'b1').title).toBe('Müller');
  expect(lastStep(played)).toBe('Then name is "Müller"');
});

test('a value that goes to the first of two properties leaves the second one empty', async () => {
  const played = begunOnB('landline', [NAME, MOBILE, LANDLINE]);

  await carriedBack(played.context);

  expect(lastStep(played)).toBe('Then mobile holds it and landline is left empty');
});

test('a value that goes to both of two properties fails the check', async () => {
  const both = [rowOf('mobile', 'phone'), rowOf('landline', 'phone')];
  const played = begunOnB('landline', [MOBILE, LANDLINE], {
    work: (own) => {
      carry(own, { from: 'b' });
      const [a, b] = [fieldsOf(own, 'a', 'a1'), fieldsOf(own, 'b', 'b1')];
      for (const row of both) a[row.a] = b[row.b] ?? null;
    },
  });

  await expect(carriedBack(played.context)).rejects.toThrow(
    /landline is ".+" since phone belongs to mobile there, expected null$/,
  );
});

test.each([
  ['its one condition is on side a', 'mobile', [NAME, rowOf('mobile', 'phone', ONLY_PERSONS)]],
  [
    'it comes first and its condition is on side a',
    'mobile',
    [NAME, { ...MOBILE, ...ONLY_PERSONS }, LANDLINE],
  ],
  [
    'another row fills its property',
    'landline',
    [MOBILE, LANDLINE, rowOf('landline', 'copy', { slug: 'copy' })],
  ],
])('a row cannot be tested by a new record of side b where %s', async (_why, property, rows) => {
  const played = begunOnB(property, rows);

  const judged = carriedBack(played.context);

  await expect(judged).rejects.toThrow(NotTestableHere);
  await expect(judged).rejects.toThrow('which a new one does not meet');
});
