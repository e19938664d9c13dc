import { expect, test } from 'vitest';
import { REST_API } from '../conventions.js';
import { filterQuery, sinceQuery } from './changed-since.js';

const changedSince = { param: 'since', format: 'epoch-s' as const };

test('a filter by update time is used where new records have one', () => {
  const api = { ...REST_API, changedSince, nullUntilUpdate: 'no' as const };

  expect(sinceQuery(api, 12_345)).toEqual({ since: '12' });
});

test.each(['yes', 'unknown', undefined] as const)(
  'where the update time is null until the first update (%s), the listing is read whole',
  (nullUntilUpdate) => {
    const api = { ...REST_API, changedSince, ...(nullUntilUpdate === undefined ? {} : { nullUntilUpdate }) };

    expect(sinceQuery(api, 12_345)).toBeNull();
  },
);

test('a second parameter for records that were never updated makes the filter safe', () => {
  const api = { ...REST_API, changedSince: { ...changedSince, alsoParams: ['made'] } };

  expect(sinceQuery({ ...api, nullUntilUpdate: 'yes' }, 5000)).toEqual({ since: '5', made: '5' });
});

test('a filter by one property names its parameter as the provider does', () => {
  const filters = { ...REST_API, filterByField: true };

  expect(filterQuery(filters, 'email', 'a@b.example')).toEqual({ email: 'a@b.example' });
  expect(filterQuery({ ...filters, filterParam: 'filter[{field}][_eq]' }, 'sku', '7')).toEqual({
    'filter[sku][_eq]': '7',
  });
  expect(filterQuery(REST_API, 'email', 'a@b.example')).toBeNull();
});
