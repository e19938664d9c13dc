import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, type Policies } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { bothSides, keyEditKeepsLink, keyOf, linkAmbiguous, nearMiss } from './linking.js';
import {
  carry,
  fieldsOf,
  match,
  play,
  rowOf,
  text,
  type Played,
  type Setting,
} from './testing/played-sync.js';

const asIs = (value: Json) => value;
/** Two keys that share one property; each property of side a goes to one beside the key too. */
const TWO_KEYS: Setting = {
  fields: {
    a: [text('email'), text('country'), text('number')],
    b: [text('mail'), text('login'), text('land'), text('nr'), text('reference')],
  },
  rows: [
    rowOf('email', 'mail'),
    rowOf('email', 'login', { slug: 'login' }),
    rowOf('country', 'land'),
    rowOf('number', 'nr'),
    rowOf('number', 'reference', { slug: 'reference' }),
  ],
  pair: {
    match: [
      match('email', ['email', 'mail'], ['country', 'land']),
      match('number', ['email', 'mail'], ['number', 'nr']),
    ],
  },
  check: { matchKey: 'email' },
};
const ONE_KEY: Setting = {
  fields: { a: [text('email'), text('name')], b: [text('mail'), text('title')] },
  rows: [rowOf('email', 'mail'), rowOf('name', 'title')],
  pair: { match: [match('email', ['email', 'mail'])] },
};

test('records made to match by one key agree in it and in nothing that only another key holds', async () => {
  const played = play(TWO_KEYS);

  const { aId, bId } = await bothSides(played.context, keyOf(played.context), asIs);

  const { email, country, number } = fieldsOf(played, 'a', aId);
  const b = fieldsOf(played, 'b', bId);
  expect(number).not.toBeNull();
  expect(b).toEqual({ mail: email, login: email, land: country, nr: null });
});

test('where side b demands a property of another key, it holds a value of its own', async () => {
  const b = TWO_KEYS.fields.b.map((field) => (field.path === 'nr' ? { ...field, required: true } : field));
  const played = play({ ...TWO_KEYS, fields: { ...TWO_KEYS.fields, b } });

  const { aId, bId } = await bothSides(played.context, keyOf(played.context), asIs);

  expect(fieldsOf(played, 'b', bId).nr).toMatch(/\w+/);
  expect(fieldsOf(played, 'b', bId).nr).not.toBe(fieldsOf(played, 'a', aId).number);
});

test('a property of another key that side b does not describe is left empty', async () => {
  const keys = [match('email', ['email', 'mail']), match('legacy', ['name', 'old_id'])];
  const played = play({ ...ONE_KEY, pair: { match: keys } });

  const { aId, bId } = await bothSides(played.context, keyOf(played.context), asIs);

  const { email } = fieldsOf(played, 'a', aId);
  expect(fieldsOf(played, 'b', bId)).toEqual({ mail: email, old_id: null });
});

test('key properties that the contract does not describe are given values of their own', async () => {
  const played = play({ ...ONE_KEY, pair: { match: [match('tax', ['tax', 'vat'], ['office', 'seat'])] } });

  const { aId, bId } = await bothSides(played.context, keyOf(played.context), asIs);

  const { tax, office } = fieldsOf(played, 'a', aId);
  expect(tax).toMatch(/^key-0-[1-9]\d*$/);
  expect(office).toMatch(/^key-1-[1-9]\d*$/);
  expect(fieldsOf(played, 'b', bId)).toMatchObject({ vat: tax, seat: office });
});

test('a key that only resembles has settled once the record has a counterpart of its own', async () => {
  const played = play({ ...ONE_KEY, work: (own) => carry(own) });

  await nearMiss(played.context);

  expect(played.looks).toEqual([false, true]);
});

function ambiguous(
  ambiguousMatch: Policies['ambiguousMatch'],
  work: Setting['work'],
  isClosed?: true,
): Played {
  const pair = { ...ONE_KEY.pair, policies: { ...DEFAULT_POLICIES, ambiguousMatch } };
  return play({ ...ONE_KEY, pair, work, ...(isClosed === undefined ? {} : { isClosed }) });
}

test('an ambiguous match that is to be reported has settled once the sync reports the record', async () => {
  const played = ambiguous('report', ({ context, problems }) => {
    const recordId = context.subject.aId ?? '';
    problems.push({ pair: 'customer', side: 'a', recordId, field: null, message: 'two match' });
  });

  await linkAmbiguous(played.context);

  expect(played.looks).toEqual([false, true]);
});

test('an ambiguous match that is to be linked has settled once this pair links this record', async () => {
  const played = ambiguous('first', ({ links }) => {
    links.push({ pair: 'customer', aId: 'a1', bId: 'b1' });
  });
  played.links.push({ pair: 'order', aId: 'a1', bId: 'b9' }, { pair: 'customer', aId: 'a9', bId: 'b9' });

  await linkAmbiguous(played.context);

  expect(played.looks).toEqual([false, true]);
});

test('an ambiguous match is not waited for where nobody can ask the sync for its links', async () => {
  const played = ambiguous('first', () => undefined, true);

  await expect(linkAmbiguous(played.context)).rejects.toThrow('found 0 links');

  expect(played.looks).toEqual([true, true]);
});

test('an edit of the key is waited for until the counterpart shows it', async () => {
  const played = play({ ...ONE_KEY, work: (own) => carry(own) });

  await keyEditKeepsLink(played.context);

  expect(played.looks.slice(-2)).toEqual([false, true]);
});
