import { expect, test } from 'vitest';
import { createTableStore, type Backing } from './memory.js';
import { link, problem, record } from './testing/stores.js';

/** A backing that holds these rows, and notes what the store asks of it. */
function backingOf(given: Record<string, [string, unknown][]> = {}) {
  const rows = new Map(Object.entries(given).map(([table, own]) => [table, new Map(own)]));
  const asked: string[] = [];
  const state = { isChanged: false };
  const tableOf = (name: string) => {
    const table = rows.get(name) ?? new Map<string, unknown>();
    rows.set(name, table);
    return table;
  };
  const backing: Backing = {
    load: (name) => {
      asked.push(`load ${name}`);
      return [...tableOf(name)];
    },
    put: (name, key, value) => {
      asked.push(`put ${name}`);
      tableOf(name).set(key, value);
    },
    remove: (name, key) => {
      asked.push(`remove ${name}`);
      tableOf(name).delete(key);
    },
    transaction: (work) => work(),
    changedElsewhere: () => {
      asked.push('changed?');
      return state.isChanged;
    },
    close: () => void asked.push('close'),
  };
  const store = createTableStore(backing);
  asked.length = 0;
  return { store, asked, state, keys: (name: string) => [...tableOf(name).keys()], tableOf };
}

test('a match key that no record has any more is not kept', () => {
  const { store, keys } = backingOf();
  store.remember(record('1'), 'one', ['email x']);

  store.remember(record('1'), 'two', ['email y']);

  expect(keys('index')).toEqual(['a\nCustomer\nemail y']);
});

test('a record of which nothing is reported any more takes no place among the problems', () => {
  const { store, keys } = backingOf();
  store.setProblems('customer', 'a', '1', [problem('old')]);

  store.setProblems('customer', 'a', '1', []);

  expect(keys('problems')).toEqual([]);
});

test('what is not there is not removed from the backing', () => {
  const { store, asked } = backingOf();

  store.dropLink('customer', '1');
  store.setProblems('customer', 'a', '1', []);
  store.dropCreateIntent('customer', 'a', '1');

  expect(asked.filter((one) => one.startsWith('remove'))).toEqual([]);
});

test('a record that is remembered under the same keys leaves the index as it is', () => {
  const { store, asked } = backingOf();
  store.remember(record('1'), 'one', ['email x', 'phone y']);
  asked.length = 0;

  store.remember(record('1'), 'two', ['email x', 'phone y']);

  expect(asked).toEqual(['changed?', 'put seen']);
});

test('a wait that is left without work makes no work when it ends', () => {
  const { store, keys } = backingOf({ waits: [['a\nCustomer\n1', ['customer a 7']]] });

  store.wake('customer a 7');

  expect(store.dirty()).toEqual([]);
  expect(keys('waits')).toEqual([]);
});

test('each call looks once for what another process wrote; within a transaction only its begin does', () => {
  const { store, asked } = backingOf();

  store.fact('rounds');
  store.links();
  expect(asked).toEqual(['changed?', 'changed?']);
  asked.length = 0;
  store.atomic(() => {
    store.fact('rounds');
    store.setFact('rounds', 1);
    store.links();
  });

  expect(asked).toEqual(['changed?', 'put facts']);
});

test('only what another process has written to is loaded again', () => {
  const { store, asked, state, tableOf } = backingOf();

  tableOf('facts').set('rounds', 1);
  expect(store.fact('rounds')).toBeNull();
  state.isChanged = true;

  expect(store.fact('rounds')).toBe(1);
  expect(asked.filter((one) => one === 'load facts')).toHaveLength(1);
});

test('a link of a record without id is not taken for that of a record that is not linked', () => {
  const { store } = backingOf();

  store.putLink(link('', 'x'));

  expect(store.linkOf('customer', 'b', 'y')).toBeNull();
});

test('a store that is closed closes its backing', () => {
  const { store, asked } = backingOf();

  store.close();

  expect(asked).toEqual(['close']);
});
