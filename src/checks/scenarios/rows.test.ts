import { expect, test } from 'vitest';
import { getPath } from '../../contract/path.js';
import { conditionMet, conditionUnmet, sourcePrecedence } from './rows.js';
import { carry, fieldsOf, play, presetOnA, rowOf, text, type Setting } from './testing/played-sync.js';

const MOBILE = 'phones[kind=mobile&main=yes].number';
const PHONES = [text('phones[].kind'), text('phones[].main'), text('phones[].number')];
/** A row that holds for one element of a list of side a. */
const FROM_ELEMENT: Setting = {
  fields: { a: PHONES, b: [text('mobile')] },
  rows: [rowOf(MOBILE, 'mobile', { slug: 'mobile' })],
  check: { property: 'mobile' },
  work: (played) => carry(played),
};
/** The same, where side a says nothing of what the condition is about. */
const UNDESCRIBED: Setting = {
  ...FROM_ELEMENT,
  fields: { a: [text('phones[].number')], b: [text('mobile')] },
};
const TO_ELEMENT: Setting = {
  fields: { a: [text('mobile')], b: PHONES },
  rows: [rowOf('mobile', MOBILE)],
  check: { property: 'mobile' },
  work: (played) => carry(played),
};
const texts = ({ context }: ReturnType<typeof play>) => context.steps.map((step) => step.text);

test('the number of an element that is no longer the mobile one is edited and must not travel', async () => {
  const played = play(FROM_ELEMENT);

  await conditionUnmet(played.context);

  const { phones } = fieldsOf(played, 'a', 'a1');
  expect(phones).toEqual([
    expect.anything(),
    { kind: expect.any(String), main: 'yes', number: expect.any(String) },
  ]);
  const [kind, number] = ['phones[main=yes].kind', 'phones[main=yes].number'].map((path) =>
    getPath(fieldsOf(played, 'a', 'a1'), path),
  );
  expect(['mobile', 'other', null]).not.toContain(kind);
  expect(texts(played).slice(-3)).toEqual([
    `Given phones[kind=mobile&main=yes].kind of the Shop Customer is now ${JSON.stringify(kind)}`,
    `When phones[kind=${String(kind)}].number of the Shop Customer is edited to ${JSON.stringify(number)}`,
    'Then mobile of the CRM Contact is still null',
  ]);
});

test('a number that travels from an element of another kind fails the check', async () => {
  const anyKind = rowOf('phones[main=yes].number', 'mobile');
  const played = play({ ...FROM_ELEMENT, work: (own) => carry(own, { rows: [anyKind] }) });

  await expect(conditionUnmet(played.context)).rejects.toThrow(
    /mobile is ".+" since phones\[kind=mobile&main=yes\]\.kind is ".+", expected ".+"/,
  );
});

test('an element of side b that is no longer the mobile one keeps its number', async () => {
  const played = play(TO_ELEMENT);

  await conditionUnmet(played.context);

  const { phones } = fieldsOf(played, 'b', 'b1');
  const { mobile } = fieldsOf(played, 'a', 'a1');
  expect(phones).toEqual([
    {
      kind: expect.not.stringMatching(/^mobile$/),
      main: 'yes',
      number: expect.not.stringMatching(String(mobile)),
    },
    { kind: 'mobile', main: 'yes', number: mobile },
  ]);
});

test('a condition on what the contract does not describe is broken by a word of its own', async () => {
  const played = play(UNDESCRIBED);

  await conditionUnmet(played.context);

  expect(getPath(fieldsOf(played, 'a', 'a1'), 'phones[main=yes].kind')).toBe('other');
});

test('what was edited under a broken condition must arrive once the condition is met again', async () => {
  const played = play(UNDESCRIBED);

  await conditionMet(played.context);

  const edited = getPath(fieldsOf(played, 'a', 'a1'), MOBILE);
  expect(edited).not.toBeNull();
  expect(fieldsOf(played, 'b', 'b1').mobile).toBe(edited);
  const holder = 'phones[kind=mobile&main=yes].kind';
  expect(texts(played).slice(-3)).toEqual([
    expect.stringMatching(/^Given .* is edited to .* while .* is "other"$/),
    `When ${holder} of the Shop Customer is "mobile" again`,
    'Then mobile of the CRM Contact shows it',
  ]);
});

test('a value that never arrives fails the check once the condition is met again', async () => {
  let rounds = 0;
  const played = play({ ...FROM_ELEMENT, work: (own) => (rounds++ === 0 ? carry(own) : undefined) });

  await expect(conditionMet(played.context)).rejects.toThrow(
    /^since .* is "mobile" again the CRM Contact b1/,
  );
});

test('a sync that makes the condition met again by itself fails the check', async () => {
  const only = [{ side: 'a' as const, path: 'kind', value: 'person' }];
  const played = play({
    fields: { a: [text('kind'), text('name')], b: [text('title')] },
    rows: [rowOf('name', 'title', { only })],
    check: { property: 'name' },
    work: (own) => {
      carry(own);
      fieldsOf(own, 'a', 'a1').kind = 'person';
    },
  });

  await expect(conditionUnmet(played.context)).rejects.toThrow('the sync made kind person again');
});

const SOURCES = [rowOf('mobile', 'phone', { precedence: 0 }), rowOf('landline', 'phone', { precedence: 1 })];
const twoSources = (work: Setting['work'], rows = SOURCES) =>
  play({
    fields: { a: [text('mobile'), text('landline')], b: [text('phone')] },
    rows,
    check: { property: 'mobile' },
    work,
  });
/** The provider of side a gives no new record a mobile number, though the first of two sources was sent. */
function leftOut(work: Setting['work'], rows = SOURCES) {
  const played = twoSources(work, rows);
  presetOnA(played, 'mobile', null);
  return played;
}

test('a first source that was left empty at the creation is filled before the second one is edited', async () => {
  const played = leftOut((own) => carry(own));

  await sourcePrecedence(played.context);

  expect(texts(played).slice(-4)).toEqual([
    expect.stringMatching(/^When mobile of the Shop Customer is edited to "/),
    expect.stringMatching(/^When landline, which comes after mobile, is edited to "/),
    'and mobile is then cleared',
    'Then phone comes from landline',
  ]);
});

test('a first source whose value does not arrive once it is filled fails the check', async () => {
  const played = leftOut((own) => carry(own, { rows: [] }));

  await expect(sourcePrecedence(played.context)).rejects.toThrow(/ from mobile which has a value now$/);
});

test('a first source that has a value is left as it is while the second one is edited', async () => {
  const played = twoSources((own) => carry(own));

  await sourcePrecedence(played.context);

  expect(texts(played).filter((step) => step.startsWith('When mobile'))).toEqual([]);
  expect(played.looks).toEqual([false, true, false, true]);
});

test('a first source without a second one is judged as it stands, empty or not', async () => {
  const played = leftOut((own) => carry(own), [rowOf('mobile', 'phone', { precedence: 0 })]);

  await sourcePrecedence(played.context);

  expect(texts(played).filter((step) => step.startsWith('When'))).toEqual([]);
});

test('a second source that does not take over fails the check and is shown as a difference', async () => {
  const played = twoSources((own) => carry(own, { rows: SOURCES.slice(0, 1) }));

  const failure = await sourcePrecedence(played.context).catch((error: unknown) => error);

  const { landline } = fieldsOf(played, 'a', 'a1');
  const { phone } = fieldsOf(played, 'b', 'b1');
  expect(failure).toMatchObject({
    message: expect.stringMatching(/ from landline while mobile is empty$/),
    differences: [{ path: 'phone', expected: landline, found: phone }],
  });
});
