import { expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import { establish } from './establish.js';
import { NotTestableHere } from './failure.js';
import { carryToB, smallWorld } from './testing/small-world.js';

const NAME: Partial<MappedRow> = { slug: 'name', a: 'name', b: 'name' };
/** Three numbers of a customer, of which the first that is there is the phone of the contact. */
const PHONES: Partial<MappedRow>[] = ['mobile', 'landline', 'fax'].map((path, precedence) => ({
  slug: path,
  a: path,
  b: 'phone',
  precedence,
}));
const faxWhereOpen = (side: 'a' | 'b'): Partial<MappedRow> => ({
  slug: 'fax',
  a: 'fax',
  b: 'fax',
  only: [{ side, path: 'status', value: 'open' }],
});
/** A provider that stores names without the blanks around them. */
const trimAndCarry: typeof carryToB = (systems, rows) => {
  for (const fields of systems.a.held.values()) fields['name'] = String(fields['name']).trim();
  carryToB(systems, rows);
};

test('a row of several for one target is made to count by emptying the others', async () => {
  const { context, a, b, looks } = smallWorld({ rows: PHONES, check: { property: 'landline' } });

  const link = await establish(context, { mobile: '1', landline: '2' });

  expect(a.updates).toEqual([{ mobile: null, fax: null }]);
  expect(link.a).toMatchObject({ mobile: null, landline: '2', fax: null });
  expect(b.held.get(link.bId)?.['phone']).toBe('2');
  expect(looks).toEqual([true, true]);
});

test('so it is where the row counts already and only one of the others has a value', async () => {
  const { context, a } = smallWorld({ rows: PHONES, check: { property: 'mobile' } });

  await establish(context, { mobile: '1', landline: '2', fax: null });

  expect(a.updates).toEqual([{ landline: null, fax: null }]);
});

test('a row that counts and whose rivals are empty is left as it is', async () => {
  const { context, a, looks } = smallWorld({ rows: PHONES, check: { property: 'mobile' } });

  const link = await establish(context, { mobile: '1' });

  expect([link.a['mobile'], a.updates, looks]).toEqual(['1', [], [true]]);
});

test('the condition of a row is brought about on its side', async () => {
  const ofA = smallWorld({ rows: [NAME, faxWhereOpen('a')], check: { property: 'fax' } });
  const ofB = smallWorld({ rows: [NAME, faxWhereOpen('b')], check: { property: 'fax' } });

  const link = await establish(ofA.context, { status: 'closed' });
  await establish(ofB.context);

  expect([ofA.a.updates, ofA.b.updates, link.a['status']]).toEqual([[{ status: 'open' }], [], 'open']);
  expect([ofB.a.updates, ofB.b.updates]).toEqual([[], [{ status: 'open' }]]);
});

test('a row whose condition is met and that has no rivals is left as it is', async () => {
  const { context, a, looks } = smallWorld({
    rows: [NAME, faxWhereOpen('a')],
    check: { property: 'fax' },
  });

  await establish(context, { status: 'open' });

  expect([a.updates, looks]).toEqual([[], [true]]);
});

test('what was sent counts as the record of a, however it is stored, where no row had to be made to count', async () => {
  const trimming = (rows: Partial<MappedRow>[], property: string) =>
    smallWorld({ rows, check: { property }, work: trimAndCarry });
  const plain = trimming([NAME], 'name');
  const live = trimming([NAME, faxWhereOpen('a')], 'fax');

  const links = [
    await establish(plain.context, { name: ' Berg ' }),
    await establish(live.context, { name: ' Berg ', status: 'open' }),
  ];

  expect(links.map(({ a }) => a['name'])).toEqual([' Berg ', ' Berg ']);
  expect(plain.a.held.get('1')?.['name']).toBe('Berg');
});

test('the records are not read to see whether a plain row counts', async () => {
  const { context, a, b } = smallWorld({ rows: [NAME], check: { property: 'name' } });

  await establish(context);

  expect([a.asked, b.asked]).toEqual([[], []]);
});

test('a row that the check is not about is not made to count', async () => {
  const { context, a, looks } = smallWorld({
    rows: [faxWhereOpen('a'), NAME],
    check: { property: 'name' },
  });

  await establish(context, { status: 'closed' });

  expect([a.updates, looks]).toEqual([[], [true]]);
});

test('the sync is not at rest before it has carried the row that now counts', async () => {
  let rounds = 0;
  const { context, looks } = smallWorld({
    rows: PHONES,
    check: { property: 'landline' },
    work: (systems, rows) => {
      if (rounds++ === 0) carryToB(systems, rows);
    },
  });

  await establish(context, { mobile: '1', landline: '2' });

  expect(looks).toEqual([true, false]);
});

test('another row that does not agree is not waited for once the row counts', async () => {
  const { context, looks } = smallWorld({
    rows: [NAME, ...PHONES],
    check: { property: 'landline' },
    work: (systems, rows) => {
      carryToB(systems, rows);
      systems.b.held.get('of-1')!['name'] = 'Other';
    },
  });

  await establish(context, { mobile: '1', landline: '2' });

  expect(looks).toEqual([true, true]);
});

test('a row that cannot be made to count is not testable', async () => {
  const { context } = smallWorld({
    rows: [NAME, faxWhereOpen('a')],
    check: { property: 'fax' },
    work: (systems, rows) => {
      systems.a.held.get('1')!['status'] = 'closed';
      carryToB(systems, rows);
    },
  });

  const failed: unknown = await establish(context).catch((error: unknown) => error);

  expect(failed).toBeInstanceOf(NotTestableHere);
  expect(String(failed)).toContain('the records cannot be brought to where fax counts for fax');
});
