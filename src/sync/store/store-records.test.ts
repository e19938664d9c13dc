import { describe, expect, test } from 'vitest';
import { StoreError } from './port.js';
import { intent, link, problem, record, STORES } from './testing/stores.js';

describe.each(STORES)('a store %s', (_name, after) => {
  test('finds records by their match keys, those of now', () => {
    const store = after((one) => {
      one.remember(record('1'), 'digest', ['email x', 'phone y']);
      one.remember(record('2'), 'digest', ['email x']);
      one.remember(record('3', 'b'), 'digest', ['email x']);
      one.remember(record('1'), 'newer', ['phone y', 'email z']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['2']);
    expect(store.findByMatchKey('a', 'Customer', 'phone y')).toEqual(['1']);
    expect(store.findByMatchKey('a', 'Customer', 'email z')).toEqual(['1']);
    expect(store.findByMatchKey('b', 'Customer', 'email x')).toEqual(['3']);
    expect(store.findByMatchKey('a', 'Order', 'email x')).toEqual([]);
    expect([store.digest(record('1')), store.digest(record('9'))]).toEqual(['newer', null]);
  });

  test('a record is found once under a key, however often it is remembered', () => {
    const store = after((one) => {
      one.remember(record('1'), 'one', ['email x', 'email x']);
      one.remember(record('1'), 'two', ['email x', 'email x']);
      one.remember(record('1'), 'three', ['email x']);
      one.remember(record('1'), 'four', ['email y']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual([]);
    expect(store.findByMatchKey('a', 'Customer', 'email y')).toEqual(['1']);
  });

  test('a record is told once where two of its match keys are the same', () => {
    const store = after((one) => one.remember(record('1'), 'one', ['email x', 'email x']));

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['1']);
  });

  test('a record of which only the last match key changed is found by the new one', () => {
    const store = after((one) => {
      one.remember(record('1'), 'one', ['email x', 'phone y']);
      one.remember(record('1'), 'two', ['email x', 'phone z']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'phone y')).toEqual([]);
    expect(store.findByMatchKey('a', 'Customer', 'phone z')).toEqual(['1']);
  });

  test('a record that gets one more match key is found by it', () => {
    const store = after((one) => {
      one.remember(record('1'), 'one', ['email x']);
      one.remember(record('1'), 'two', ['email x', 'phone y']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'phone y')).toEqual(['1']);
  });

  test('records are found in the order in which they got the key, also when one is read again', () => {
    const store = after((one) => {
      one.remember(record('1'), 'one', ['email x']);
      one.remember(record('2'), 'one', ['email x']);
      one.remember(record('1'), 'two', ['email x']);
    });

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['1', '2']);
  });

  test('a record that is forgotten is not found any more', () => {
    const store = after((one) => {
      one.remember(record('1'), 'digest', ['email x']);
      one.remember(record('2'), 'digest', ['email x']);
      one.forget(record('1'));
      one.forget(record('9'));
    });

    expect(store.digest(record('1'))).toBeNull();
    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['2']);
  });

  test('what a caller does to a list of records does not reach the store', () => {
    const store = after((one) => one.remember(record('1'), 'digest', ['email x']));

    store.findByMatchKey('a', 'Customer', 'email x').push('2');

    expect(store.findByMatchKey('a', 'Customer', 'email x')).toEqual(['1']);
  });

  test('links are found from both sides, replaced, and dropped', () => {
    const store = after((one) => {
      one.putLink(link('1', 'x'));
      one.putLink(link('2', 'y'));
      one.putLink({ ...link('1', 'x'), state: 'b-gone' });
      one.dropLink('customer', '2');
      one.dropLink('customer', '9');
    });

    expect(store.linkOf('customer', 'b', 'x')).toEqual({ ...link('1', 'x'), state: 'b-gone' });
    expect(store.linkOf('customer', 'a', '2')).toBeNull();
    expect(store.linkOf('customer', 'b', 'y')).toBeNull();
    expect(store.linkOf('order', 'a', '1')).toBeNull();
    expect(store.links()).toHaveLength(1);
  });

  test('neither side of a link may be linked to another record; dropped, it may', () => {
    const store = after((one) => one.putLink(link('1', 'x')));

    expect(() => store.putLink(link('1', 'y'))).toThrow(StoreError);
    expect(() => store.putLink(link('2', 'x'))).toThrow(
      'customer: 2 or x is linked to another record. Drop that link first.',
    );
    store.dropLink('customer', '1');
    store.putLink(link('2', 'x'));
    expect(store.linkOf('customer', 'b', 'x')?.aId).toBe('2');
  });

  test('an intent to create is kept until it is dropped', () => {
    const store = after((one) => {
      one.putCreateIntent(intent('1'));
      one.putCreateIntent(intent('2'));
      one.dropCreateIntent('customer', 'a', '2');
    });

    expect(store.createIntent('customer', 'a', '1')).toEqual(intent('1'));
    expect(store.createIntent('customer', 'a', '2')).toBeNull();
    expect(store.createIntent('customer', 'b', '1')).toBeNull();
  });

  test('what is reported of a record is replaced, and taken back by nothing', () => {
    const store = after((one) => {
      one.setProblems('customer', 'a', '1', [problem('old')]);
      one.setProblems('customer', 'a', '1', [problem('one'), problem('two')]);
      one.setProblems('customer', 'a', '2', [problem('gone')]);
      one.setProblems('customer', 'a', '2', []);
    });

    expect(store.problems()).toEqual([problem('one'), problem('two')]);
  });

  test('a deletion is remembered, and taken back', () => {
    const store = after((one) => {
      one.setDeleted(record('1'), 5);
      one.setDeleted(record('2'), 5);
      one.setDeleted(record('2'), null);
      one.setDeleted(record('3'), 0);
    });

    expect(['1', '2', '3', '4'].map((id) => store.isDeleted(record(id)))).toEqual([true, false, true, false]);
  });

  test('a transaction that fails takes back what it set, changed and deleted', () => {
    const store = after((one) => {
      one.setFact('rounds', 1);
      one.putLink(link('1', 'x'));
    });

    expect(() =>
      store.atomic(() => {
        store.setFact('rounds', 2);
        store.setFact('rounds', 3);
        store.setFact('fresh', 1);
        store.dropLink('customer', '1');
        throw new Error('stop');
      }),
    ).toThrow('stop');

    expect([store.fact('rounds'), store.fact('fresh')]).toEqual([1, null]);
    expect(store.linkOf('customer', 'b', 'x')?.aId).toBe('1');
    store.setFact('rounds', 9);
    expect(store.fact('rounds')).toBe(9);
  });

  test('a transaction within another fails with it, and gives its result', () => {
    const store = after(() => undefined);

    expect(store.atomic(() => store.atomic(() => 'result'))).toBe('result');
    expect(() =>
      store.atomic(() => {
        store.atomic(() => store.setFact('inner', 1));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.fact('inner')).toBeNull();
  });
});
