import { expect, test } from 'vitest';
import { DEFAULT_POLICIES } from '../../checklist/policies.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { arrivalFailure, edit, needTaken, overLongText, propertyCarried } from './edits.js';
import {
  carry,
  fieldsOf,
  pairOf,
  play,
  presetOnA,
  rowOf,
  text,
  type Setting,
} from './testing/played-sync.js';

const NAME = rowOf('name', 'title');
const ONE_ROW: Setting = {
  fields: { a: [text('name')], b: [text('title')] },
  rows: [NAME],
  check: { property: 'name' },
  work: (played) => carry(played),
};
const carryNothing: Setting['work'] = (played) => carry(played, { rows: [] });

test('a new record has settled once its counterpart holds the value', async () => {
  const played = play(ONE_ROW);

  await propertyCarried(played.context);

  expect(played.looks).toEqual([false, true]);
});

test('a counterpart without the value is not what the check waits for, and fails it', async () => {
  const played = play({ ...ONE_ROW, work: carryNothing });

  await expect(propertyCarried(played.context)).rejects.toThrow(
    /title is null after the creation, expected "/,
  );

  expect(played.looks).toEqual([false, false]);
});

test('a reference is judged at rest, when the counterpart of what it refers to can be told', async () => {
  const owner = pairOf([NAME], { slug: 'owner', entity: { a: 'Person', b: 'Human' } });
  const played = play({
    fields: {
      a: [text('name'), { path: 'owner', type: { kind: 'reference', entity: 'Person' } }],
      b: [text('title'), { path: 'owner_id', type: { kind: 'reference', entity: 'Human' } }],
    },
    rows: [rowOf('owner', 'owner_id', { transform: { kind: 'reference', pair: 'owner' } })],
    others: [owner],
    check: { property: 'owner' },
    work: (own) => {
      carry(own, { pair: owner });
      carry(own, { rows: [] });
      const { records } = own;
      const human = records.b.find((one) => one.entity === 'Human');
      for (const one of records.b) if (one.entity === 'Contact') one.fields.owner_id = human?.id ?? null;
    },
  });

  await propertyCarried(played.context);

  expect(played.looks).toEqual([false, true]);
});

test('lines are judged at rest, when what they refer to can be told', async () => {
  const played = play({
    fields: {
      a: [{ path: 'items', type: { kind: 'object-list', fields: [text('sku')] } }],
      b: [{ path: 'positions', type: { kind: 'object-list', fields: [text('code')] } }],
    },
    rows: [rowOf('items', 'positions', { transform: { kind: 'lines', rows: [rowOf('sku', 'code')] } })],
    check: { property: 'items' },
    work: carryNothing,
  });

  await expect(propertyCarried(played.context)).rejects.toThrow(CheckFailure);

  expect(played.looks).toEqual([false, true]);
});

test('a value that the record holds already is edited away first, and that edit has to arrive', async () => {
  const value = { label: 'as it is', value: 'Ada' };
  const played = play({ ...ONE_ROW, check: { property: 'name', value } });
  presetOnA(played, 'name', 'Ada');

  await edit(played.context);

  expect(played.looks.slice(2)).toEqual([false, true, false, true]);
  expect(fieldsOf(played, 'b', 'b1').title).toBe('Ada');
});

test('an edit that is gone where it was made did not arrive, whatever the other side shows', () => {
  const { context } = play(ONE_ROW);

  const failure = arrivalFailure(context, context.check, 'new', { a: { name: 'old' }, b: { title: 'new' } });

  expect(failure?.message).toBe('Shop Customer.name is "old" where it was edited to "new"');
  expect(failure?.differences).toEqual([{ path: 'name', expected: 'new', found: 'old' }]);
});

test('an edit that arrives otherwise than the example says is told with what was expected', () => {
  const { context } = play({ ...ONE_ROW, check: { property: 'name', expected: 'ADA' } });

  const failure = arrivalFailure(context, context.check, 'Ada', { a: { name: 'Ada' }, b: { title: 'Ada' } });

  expect(failure?.message).toBe(
    'CRM Contact.title is "Ada" after Shop Customer.name was edited to "Ada", expected "ADA"',
  );
  expect(failure?.differences).toEqual([{ path: 'title', expected: 'ADA', found: 'Ada' }]);
});

test('a provider that keeps the old value where another one was saved leaves nothing to be judged', () => {
  const { context } = play(ONE_ROW);
  const kept = (name: string) => () =>
    needTaken(context, NAME, 'new', 'old', { id: 'a1', fields: { name }, updatedAt: null, version: null });

  expect(kept('old')).toThrow(NotTestableHere);
  expect(kept('new')).not.toThrow();
  expect(kept('cut')).not.toThrow();
});

test('a text that is too long is waited for until the sync reports the record', async () => {
  let rounds = 0;
  const played = play({
    ...ONE_ROW,
    pair: { policies: { ...DEFAULT_POLICIES, longText: 'report' } },
    check: { property: 'name', value: { label: 'too long', value: 'x'.repeat(100) } },
    work: (own) => {
      rounds += 1;
      if (rounds === 1) return carry(own);
      own.problems.push({ pair: 'customer', side: 'a', recordId: 'a1', field: 'name', message: 'too long' });
    },
  });

  await overLongText(played.context);

  expect(played.looks.slice(-2)).toEqual([false, true]);
});
