import { expect, test } from 'vitest';
import { valuesIn } from './named-fields.js';
import { profileSchema } from './schema.js';

const valuesOf = (pair: Record<string, unknown>) => {
  const systems = { desk: { names: ['Desk'] }, book: { names: ['Book'] } };
  const { pairs } = profileSchema.parse({
    systems,
    pairs: [{ source: 'Client', target: 'Account', ...pair }],
  });
  return [...valuesIn(pairs)];
};
const inClient = { side: 'a', entity: 'Client' };
const inAccount = { side: 'b', entity: 'Account' };

test('a pair without rows and conditions gives no values', () => {
  expect(valuesOf({})).toEqual([]);
});

test('the examples of a row are values of the two properties, conditions aside', () => {
  const rows = [{ source: 'phones[kind=work].no', target: 'number', examples: [[1, 'one']] }];

  expect(valuesOf({ rows })).toEqual([
    { ...inClient, path: 'phones[].kind', value: 'work' },
    { ...inClient, path: 'phones[].no', value: 1 },
    { ...inAccount, path: 'number', value: 'one' },
  ]);
});

test('what a path compares is a value of the property that it compares, on either side', () => {
  const rows = [{ source: 'no', target: 'lines[size=3].no' }];

  expect(valuesOf({ rows })).toEqual([{ ...inAccount, path: 'lines[].size', value: '3' }]);
});

test('what narrows a row is a value of the entity of that side', () => {
  const only = [
    { side: 'b', path: 'kind', value: 'x' },
    { side: 'a', path: 'sort', value: 'y' },
  ];

  expect(valuesOf({ rows: [{ source: 'no', target: 'number', only }] })).toEqual([
    { ...inAccount, path: 'kind', text: 'x' },
    { ...inClient, path: 'sort', text: 'y' },
  ]);
});

test('the three values of a condition belong to the source, those of the way back to the target', () => {
  const when = { path: 'open', equals: true, meets: 1, fails: 'no' };
  const values = [true, 1, 'no'];

  expect(valuesOf({ when })).toEqual(values.map((value) => ({ ...inClient, path: 'open', value })));
  expect(valuesOf({ back: { when } })).toEqual(
    values.map((value) => ({ ...inAccount, path: 'open', value })),
  );
});
