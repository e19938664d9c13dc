import { expect, test } from 'vitest';
import type { Capabilities } from '../contract/capabilities.js';
import type { InputError } from '../document/input-error.js';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { parseProfile } from './profile/load.js';
import { EVERY, properties, section } from './testing/init-profile.js';

const KEEP =
  'Once a link between a Desk Client and a Book Account is established, it will keep in sync between the two systems, regardless of where it is edited.';
const ofNotes = (text: string) => text.replaceAll('Client', 'Note').replaceAll('Account', 'Note');
const TEXT = [
  'Desk to Book Dataflow',
  '=====================',
  '',
  ...section('Client', 'Account', EVERY, KEEP),
  ...properties(['name', 'title', '"string"'], ['phone', 'tel', '"string"']),
  ...section('Note', 'Note', ...[EVERY, KEEP].map(ofNotes)),
  ...properties(['phone', 'line', '"string"'], ['name', 'name', '"string"']).map(ofNotes),
].join('\n');
const PAIR = 'client-to-account';

const BACK: Record<string, string> = {
  'Desk Client': 'Book Account',
  'Book Account': 'Desk Client',
  'Desk Note': 'Book Note',
  'Book Note': 'Desk Note',
};
const found = (more: Partial<Capabilities>): Capabilities => ({
  schema: 'syncproof.capabilities/1',
  system: 'book',
  lacks: {},
  readOnly: {},
  ...more,
});
function compiledWith(capabilities: Capabilities[], profile?: string) {
  return compile({
    document: readDocument(TEXT, 'd.rst'),
    reverse: null,
    profile: profile === undefined ? null : parseProfile(profile, 'p.yaml'),
    contracts: {},
    capabilities,
  });
}
/** A profile whose Book does not let one property be written. */
const bookWith = (entity: string, path: string) =>
  [
    'systems:',
    '  desk: { names: [Desk] }',
    `  book: { names: [Book], entities: { ${entity}: { fields: { ${path}: { readOnly: true } } } } }`,
    '',
  ].join('\n');
function refusal(capabilities: Capabilities): InputError {
  try {
    compiledWith([capabilities]);
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was compiled');
}
type Made = ReturnType<typeof compiledWith>;
const checkOf = ({ checks }: Made, id: string, pair = PAIR) =>
  checks.find((check) => check.id === `${pair}/${id}`);
const whyOf = (...given: Parameters<typeof checkOf>) => checkOf(...given)?.notTestable?.reason;
const fallenOf = ({ checks }: Made) => checks.filter(({ notTestable }) => notTestable !== null);

test('a check of a property that its provider takes no write of falls, and says which and how that is known', () => {
  const made = compiledWith([found({ readOnly: { Account: ['tel'] } })]);

  expect(checkOf(made, 'properties/desk-to-book/phone')?.notTestable).toEqual({
    reason: 'tel of the Book Account is read-only: an update of it did not take effect',
    remedy: 'open it to be written, or edit it by hand there: the sync carries it one way only',
  });
  expect(checkOf(made, 'properties/desk-to-book/name')?.notTestable).toBeNull();
});

test('what is read-only by its contract is told from what was probed', () => {
  const profile = bookWith('Account', 'tel');

  const byContract = compiledWith([], profile);
  const other = compiledWith([found({ system: 'desk', readOnly: { Client: ['name'] } })], profile);

  const reason = 'tel of the Book Account is read-only: its contract says so';
  expect(whyOf(byContract, 'properties/desk-to-book/phone')).toBe(reason);
  expect(whyOf(other, 'properties/desk-to-book/phone')).toBe(reason);
});

test('what is shut on both sides is told of both', () => {
  const made = compiledWith([
    found({ readOnly: { Account: ['tel'] } }),
    found({ system: 'desk', readOnly: { Client: ['phone'] } }),
  ]);

  expect(whyOf(made, 'properties/desk-to-book/phone')).toBe(
    'phone of the Desk Client is read-only: an update of it did not take effect; tel of the Book Account is read-only: an update of it did not take effect',
  );
});

test('properties of one name are told apart by their pairs and entities', () => {
  const shut = compiledWith([found({ readOnly: { Note: ['line'] } })]);
  const unread = compiledWith([found({ system: 'desk', readOnly: { Note: ['phone'] } })]);

  expect(whyOf(shut, 'properties/desk-to-book/phone', 'note')).toMatch(/^line of the Book Note is read-only/);
  expect(whyOf(shut, 'properties/desk-to-book/phone')).toBeUndefined();
  expect(checkOf(unread, 'keep-in-sync/desk-to-book/phone', 'note')?.notTestable).not.toBeNull();
  expect(checkOf(unread, 'keep-in-sync/desk-to-book/phone')?.notTestable).toBeNull();
});

test('what was probed is told by its system and its property', () => {
  const profile = bookWith('Note', 'name');
  const otherSystem = compiledWith([found({ system: 'desk', readOnly: { Note: ['name'] } })], profile);
  const otherProperty = compiledWith([found({ readOnly: { Note: ['line'] } })], profile);
  const otherEntity = compiledWith([found({ readOnly: { Account: ['tel'] } })], profile);

  expect(whyOf(otherSystem, 'properties/desk-to-book/name', 'note')).toBe(
    'name of the Desk Note is read-only: an update of it did not take effect; name of the Book Note is read-only: its contract says so',
  );
  for (const made of [otherProperty, otherEntity])
    expect(whyOf(made, 'properties/desk-to-book/name', 'note')).toBe(
      'name of the Book Note is read-only: its contract says so',
    );
});

test('a check of the whole record that needs a write falls without naming a property', () => {
  const made = compiledWith([found({ readOnly: { Account: ['title', 'tel'] } })]);

  expect(whyOf(made, 'keep-in-sync/desk-to-book/write-budget')).toBe(
    'a provider takes no write of what this check needs written',
  );
  expect(checkOf(made, 'sync-every/desk-to-book/create')?.notTestable).toBeNull();
});

test('a check that begins with an edit of a read-only property cannot be made, the other way it can', () => {
  const made = compiledWith([found({ system: 'desk', readOnly: { Client: ['phone'] } })]);
  const whole = compiledWith([]);

  expect(made.checks.map(({ id }) => id).toSorted()).toEqual(whole.checks.map(({ id }) => id).toSorted());
  const fallen = fallenOf(made);
  expect(new Set(fallen.map(({ property }) => property))).toEqual(new Set(['phone', null]));
  expect(fallen.map(({ id }) => id)).toContain(`${PAIR}/keep-in-sync/desk-to-book/phone`);
});

test('a sentence has a reason only when all its checks have fallen', () => {
  const one = compiledWith([found({ readOnly: { Account: ['tel'] } })]);
  const both = compiledWith([found({ readOnly: { Account: ['title', 'tel'] } })]);
  const whole = compiledWith([]);
  const told = ({ coverage }: typeof one) =>
    coverage.map(({ form, reason }) => [form, reason?.reason ?? null]);

  expect(told(one)).toEqual([
    ['sync-every', null],
    ['keep-in-sync', null],
    ['properties', null],
    ['sync-every', null],
    ['keep-in-sync', null],
    ['properties', null],
  ]);
  expect(told(both).slice(0, 2)).toEqual(told(one).slice(0, 2));
  expect(both.coverage.map(({ checks }) => checks.toSorted())).toEqual(
    whole.coverage.map(({ checks }) => checks.toSorted()),
  );
});

test('a sentence of the reverse document keeps its own checks, though it stands on the line of one of the first', () => {
  const back = (text: string) =>
    text.replaceAll(/Desk (Client|Note)|Book (Account|Note)/g, (name) => BACK[name] ?? name);
  const reverse = readDocument(back(TEXT).replace('Desk to Book', 'Book to Desk'), 'r.rst');
  const coverageOf = (capabilities: Capabilities[]) =>
    compile({
      document: readDocument(TEXT, 'd.rst'),
      reverse,
      profile: null,
      contracts: {},
      capabilities,
    }).coverage.map(({ document, line, checks }) => [document, line, checks.toSorted()]);

  const whole = coverageOf([]);

  expect(whole.filter(([document]) => document === 'reverse').map(([, line]) => line)).toEqual(
    whole.filter(([document]) => document !== 'reverse').map(([, line]) => line),
  );
  expect(coverageOf([found({ readOnly: { Account: ['tel'] } })])).toEqual(whole);
});

test('where the written system keeps no versions, an edit during the sync is not asked of it', () => {
  const lacks = { concurrency: 'any If-Match is taken' };
  const fallen = (system: string) =>
    fallenOf(compiledWith([found({ system, lacks })]))
      .filter(({ pair }) => pair === PAIR)
      .map(({ id, notTestable }) => [id, notTestable]);
  const told = (name: string) => ({
    reason: `the ${name} keeps no versions: any If-Match is taken`,
    remedy: 'edits at the same moment overwrite each other there, unless the provider keeps versions',
  });

  expect(fallen('book')).toEqual([[`${PAIR}/keep-in-sync/desk-to-book/edit-during-sync`, told('Book')]]);
  expect(fallen('desk')).toEqual([[`${PAIR}/keep-in-sync/book-to-desk/edit-during-sync`, told('Desk')]]);
});

test('a system that lacks nothing, or something else, loses no check', () => {
  const made = compiledWith([found({ lacks: { paging: 'one page of all' } }), found({ system: 'desk' })]);

  expect(fallenOf(made)).toEqual([]);
});

test.each<[string, Partial<Capabilities>, string, string, string]>([
  ['another system', { system: 'erp' }, 'erp', 'desk or book', 'the name of a system of the document'],
  ['an entity', { readOnly: { Acount: ['tel'] } }, 'Acount', 'Account, Note', 'an entity of the system'],
  ['a property', { readOnly: { Account: ['fax'] } }, 'fax', 'a property of Account', 'a property of Account'],
])('capabilities that name %s that is not there are refused', (_what, more, word, expected, what) => {
  const error = refusal(found(more));

  expect(error).toMatchObject({
    code: 'stale-capabilities',
    where: `capabilities of ${more.system ?? 'book'}`,
    expected,
    found: word,
  });
  expect(error.message).toContain(`name ${word}, which is not ${what}`);
});
