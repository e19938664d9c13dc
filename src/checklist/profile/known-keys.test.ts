import { describe, expect, test } from 'vitest';
import { knownKeys } from './known-keys.js';

const SCHEMA = {
  properties: {
    name: { type: 'string' },
    open: { additionalProperties: { properties: { inner: {} } } },
    both: {
      properties: { own: { properties: { deep: {} } } },
      additionalProperties: { properties: { other: {} } },
    },
    list: { items: { properties: { first: {}, second: {} } } },
    choice: {
      anyOf: [{ properties: { any: {} } }, { properties: { shared: {} } }],
      oneOf: [{ properties: { one: {}, shared: {} } }],
      allOf: [{ properties: { all: {} } }],
    },
    referred: { $ref: '#/definitions/thing' },
    whole: { items: { $ref: '#' } },
    lost: { $ref: '#/definitions/nothing/at/all' },
  },
  definitions: {
    thing: { properties: { held: {} }, anyOf: [{ $ref: '#/definitions/further' }] },
    further: { properties: { more: {} } },
  },
};

describe('the entries that are known at a place', () => {
  test.each<[PropertyKey[], string[]]>([
    [[], ['name', 'open', 'both', 'list', 'choice', 'referred', 'whole', 'lost']],
    [['name'], []],
    [['nowhere'], []],
    [['open'], []],
    [['open', 'anything'], ['inner']],
    [['both'], ['own']],
    [['both', 'own'], ['deep']],
    [['both', 'another'], ['other']],
    [['list'], []],
    [
      ['list', 3],
      ['first', 'second'],
    ],
    [['list', 'length'], []],
    [['name', 3], []],
    [['choice'], ['any', 'shared', 'one', 'all']],
    [['referred'], ['held', 'more']],
    [
      ['whole', 0, 'list', 1],
      ['first', 'second'],
    ],
    [['lost'], []],
  ])('%j', (at, keys) => {
    expect(knownKeys(SCHEMA, at)).toEqual(keys);
  });

  test.each([null, 'text', [1], undefined])('are none in what is no schema: %j', (schema) => {
    expect(knownKeys(schema, [])).toEqual([]);
  });
});
