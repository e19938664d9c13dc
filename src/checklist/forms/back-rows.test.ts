import { expect, test } from 'vitest';
import type { NotTestable } from '../check.js';
import { readDocument } from '../../document/read.js';
import { listTable } from '../../document/testing/list-table-lines.js';
import { compile } from '../compile.js';
import { parseProfile } from '../profile/load.js';
import { formContext, key, row } from '../testing/form-context.js';
import { backMergeDrafts, backPropertyDrafts } from './back-rows.js';
import { NO_KEY } from './link-first.js';
import { NO_ROWS, ONLY_KEYS } from './properties.js';

type Rows = [source: string, target: string][];
type Section = { rows?: Rows; merges?: Rows };

function read(from: string, to: string, { rows = [], merges = [] }: Section) {
  const [title, heading] = [`${from.split(' ')[0]} to ${to.split(' ')[0]} Dataflow`, `${from} to ${to}`];
  const head = [`${from} Property`, `${to} Property`];
  const lines = [
    title,
    '='.repeat(title.length),
    '',
    heading,
    '-'.repeat(heading.length),
    `Every ${from} will be synchronized with a ${to}.`,
    '',
    `A ${from} will merge with a ${to} if one of the following property combinations match:`,
    '',
    ...listTable([head, ...merges]),
    `The following properties are synchronized between a ${from} and a ${to}:`,
    '',
    ...listTable([[...head, 'Data Type'], ...rows.map((one) => [...one, '"string"'])]),
  ];
  return readDocument(lines.join('\n'), 'd.rst');
}

/** What is checked of the tables of the reverse document: the end of the id, and why it is not tested. */
function checked(form: 'properties' | 'merge-on', forth: Section, back: Section, profile: string[] = []) {
  const text = [
    'systems:',
    '  desk: { names: [Desk], contract: derived }',
    '  book: { names: [Book], contract: derived }',
    'pairs:',
    '  - source: Client',
    '    target: Account',
    ...profile.map((line) => `    ${line}`),
    '',
  ];
  const { checks } = compile({
    document: read('Desk Client', 'Book Account', forth),
    reverse: read('Book Account', 'Desk Client', back),
    profile: parseProfile(text.join('\n'), 'p.yaml'),
    contracts: {},
  });
  return checks
    .filter((check) => check.document === 'reverse' && check.form === form)
    .map(({ id, notTestable }) => [
      id.slice(id.indexOf('/book-to-desk/') + '/book-to-desk/'.length),
      notTestable?.reason ?? null,
    ]);
}
const NOT_NAMED = expect.stringMatching(/^the first document does not name this row/) as string;
const OTHER_KEYS = expect.stringMatching(/^the first document merges on other properties/) as string;
const BEFORE = expect.stringMatching(/^the row stands at line \d+ too, where it is checked$/) as string;

test('a row that the first document has the other way round is carried back', () => {
  const forth: Section = { rows: [['name', 'title']] };

  expect(checked('properties', forth, { rows: [['title', 'name']] })).toEqual([['name/back', null]]);
});

test.each<[string, string]>([
  ['title', 'label'],
  ['label', 'name'],
  ['title', 'name (Dependant on having firm in kind)'],
])('a row %s | %s that the first document does not have contradicts it', (source, target) => {
  const slug = `${source} to ${target.split(' ')[0]}`.replaceAll(' ', '-');

  expect(checked('properties', { rows: [['name', 'title']] }, { rows: [[source, target]] })).toEqual([
    [`${slug}/back`, NOT_NAMED],
  ]);
});

test('a row that contradicts is named by its whole paths', () => {
  expect(checked('properties', {}, { rows: [['owner.id', 'user.id']] })).toEqual([
    ['owner-id-to-user-id/back', NOT_NAMED],
  ]);
});

test('a row that is said twice is carried back once', () => {
  const back: Section = {
    rows: [
      ['title', 'name'],
      ['title', 'name'],
    ],
  };

  expect(checked('properties', { rows: [['name', 'title']] }, back)).toEqual([
    ['name/back', null],
    ['title-to-name/back', BEFORE],
  ]);
});

test('a row that the profile sends the other way only is open', () => {
  const profile = ['rows: [{ source: name, target: title, direction: a-to-b }]'];

  expect(checked('properties', {}, { rows: [['title', 'name']] }, profile)).toEqual([
    ['title-to-name/back', expect.stringMatching(/^the row goes the other way only/)],
  ]);
});

const MOBILE = 'phones.number (Dependant on having mobile in phones.kind)';
test.each<[string, string, string, boolean]>([
  ['phones[].number', 'phone', 'phones.number', true],
  ['phones.number', 'phone', 'phones.number', true],
  ['phones[].number', 'phone', MOBILE, true],
  ['phones[kind=mobile].number', 'phone', MOBILE, true],
  ['phones[kind=home].number', 'phone', MOBILE, false],
  ['phones[].number', 'fax', 'phones.number', false],
  ['phones[].code', 'phone', 'phones.number', false],
])('a row %s | %s of the profile stands for phone | %s or not: %s', (source, target, written, isMeant) => {
  const profile = [`rows: [{ slug: own, source: "${source}", target: ${target} }]`];

  const found = checked('properties', {}, { rows: [['phone', written]] }, profile);

  expect(found.filter(([id]) => id !== 'own/back')).toHaveLength(isMeant ? 0 : 1);
  expect(found).toContainEqual(['own/back', null]);
});

test('a table without rows is open, for its keys alone or altogether', () => {
  expect(checked('properties', {}, {})).toEqual([['rows/back', NO_ROWS.reason]]);
  expect(checked('properties', {}, { rows: [['id', 'id']] })).toContainEqual(['rows/back', ONLY_KEYS.reason]);
});

test('each example of a row is carried back, but for lines, of which an example says too little', () => {
  const topics = (transform: Parameters<typeof row>[2]) =>
    backPropertyDrafts(
      formContext({
        plan: {
          creation: { a: { kind: 'every' }, b: { kind: 'every' } },
          rows: [row('name', 'title', { examples: [['x', 'y']], ...transform })],
        },
      }),
    ).map(({ topic }) => topic.join('/'));

  expect(topics({})).toEqual(['name/back', 'name/back/example-1']);
  expect(topics({ transform: { kind: 'lines', rows: [] } })).toEqual(['name/back']);
});

test('without a section of the reverse document there are neither rows nor keys', () => {
  const reasons = (drafts: { notTestable?: NotTestable | null }[]) =>
    drafts.map(({ notTestable }) => notTestable);

  expect(reasons(backPropertyDrafts(formContext()))).toEqual([NO_ROWS]);
  expect(reasons(backMergeDrafts(formContext()))).toEqual([NO_KEY]);
  expect(backMergeDrafts(formContext({ plan: { match: [key(['no', 'number'])] } }))).toMatchObject([
    { topic: ['match-back', 'no'] },
  ]);
});

const NO: Rows[number] = ['no', 'number'];
const PAIR: Rows[number] = ['no, year', 'number, period'];
test('a combination of both documents is a key, whatever the order of its parts', () => {
  const back: Section = { merges: [['period, number', 'year, no']] };

  expect(checked('merge-on', { merges: [PAIR] }, back)).toEqual([['match-back/no-year', null]]);
});

test.each<[string, string]>([
  ['number, period', 'no, month'],
  ['number, period', 'month, year'],
  ['number, term', 'no, year'],
  ['number, period', 'year, no'],
  ['number', 'no'],
  ['number, period, town', 'no, year, city'],
])('a combination %s | %s of other parts is none', (source, target) => {
  const found = checked('merge-on', { merges: [PAIR] }, { merges: [[source, target]] });

  expect(found).toEqual([
    ['match-back/no-year', null],
    [expect.stringMatching(/^match-back\/.*\/open$/), OTHER_KEYS],
  ]);
});

test('a combination that is said twice is checked where it stands first', () => {
  const [back, town]: Rows = [
    ['number', 'no'],
    ['city', 'town'],
  ];
  const forth: Section = { merges: [['town', 'city'], NO] };

  expect(checked('merge-on', forth, { merges: [town, back, back] as Rows })).toEqual([
    ['match-back/town', null],
    ['match-back/no', null],
    ['match-back/number-no/open', BEFORE],
  ]);
});

test.each<[string, string, boolean]>([
  ['id', 'ref', true],
  ['ref', '$original_id', true],
  ['paid', 'idea', false],
])('a combination %s | %s is open for its primary key: %s', (source, target, isPrimary) => {
  const [, open] = checked('merge-on', { merges: [NO] }, { merges: [[source, target]] });

  expect(open?.[1]).toEqual(isPrimary ? expect.stringMatching(/gives its own primary key/) : OTHER_KEYS);
});

test('combinations are not compared with keys that the profile names', () => {
  const profile = ['match: [[{ source: mail, target: post }]]'];

  expect(checked('merge-on', { merges: [NO] }, { merges: [['number', 'no']] }, profile)).toEqual([
    ['match-back/mail', null],
  ]);
});

test('a key stands at the line of its combination, where the reverse document has it', () => {
  const lines = (merges: Rows) => {
    const [back] = read('Book Account', 'Desk Client', { merges }).pairs;
    const context = formContext({ plan: { match: [key(NO)] }, planned: { back: back ?? null } });
    return [back?.mergeRows[0]?.span.line, backMergeDrafts(context)[0]?.line];
  };

  const [line, own] = lines([['number', 'no']]);
  expect(own).toBe(line);
  expect(lines([['city', 'town']])[1]).toBeUndefined();
});
