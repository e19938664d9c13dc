import { describe, expect, test } from 'vitest';
import { initProfile } from '../../src/checklist/init.js';
import { readDocument } from '../../src/document/read.js';
import { compileText, judgeText, verdictsOf, type TextInput } from '../worlds/judge-text.js';
import { CONNECTED, couple, EVERY, LINK_FIRST, MERGE, WHEN } from '../worlds/kiosk-and-depot.js';
import { ifConnected, linkFirst, writeDocument } from '../worlds/write-document.js';

/** The input with a profile in which every suggestion is taken as it stands. */
function taken({ text, reverse }: TextInput): TextInput & { profile: string } {
  const input = { text, ...(reverse === undefined ? {} : { reverse }) };
  const back = reverse === undefined ? null : readDocument(reverse, 'back.rst');
  const written = initProfile(readDocument(text, 'there.rst'), compileText(input), new Map(), back);
  return { ...input, profile: written.replaceAll(/^(\s*)#(?=\S)/gm, '$1') };
}

const openIn = (input: TextInput) =>
  compileText(input).checks.filter((check) => check.notTestable !== null).length;

const [a, b] = ['Kiosk Stall', 'Depot Parcel'];
const [CHECK_BACK, CHECK] = [
  `When a ${b} is ready to go, it  will be synchronized with a ${a}.`,
  `When a ${a} is open, it  will be synchronized with a ${b}.`,
];

const BOTH_OPEN = couple(
  { pair: ['Stall', 'Parcel'], opening: [CHECK] },
  { pair: ['Parcel', 'Stall'], opening: [CHECK_BACK] },
);
/** What it must be connected to stands in no section. */
const ELSEWHERE = couple(
  { pair: ['Stall', 'Parcel'], merge: MERGE },
  {
    pair: ['Parcel', 'Stall'],
    opening: [linkFirst(b, a), ifConnected(b, a, 'Depot Palette', 'Kiosk')],
  },
  [
    [{ pair: ['Shelf', 'Crate'], rows: [['code', 'code']] }],
    [{ pair: ['Crate', 'Shelf'], rows: [['code', 'code']] }],
  ],
);
/** The suggested properties and values meet properties of another type. */
const TYPED = {
  text: writeDocument('Kiosk', 'Depot', [
    {
      pair: ['Stall', 'Parcel'],
      opening: [CHECK],
      rows: [
        ['status', 'status', '"integer"'],
        ['kind', 'kind', '"integer"'],
        ['note (Dependant on having  in kind)', 'note'],
        ['phones.number (Dependant on having  in phones.kind)', 'phone'],
        ['phones.kind', 'phoneKind', '"integer"'],
        ['title', 'title', '"sometimes","_."]'],
        ['name', 'name'],
      ],
    },
  ]),
};

describe('with every suggestion taken nothing fails and less is open', () => {
  test.each<[string, TextInput, number]>([
    ['every record in both directions', EVERY, 0],
    ['a link first in the reverse document', LINK_FIRST, 0],
    ['a connection in the reverse document', CONNECTED, 0],
    ['a condition in the reverse document', { ...WHEN, profile: '' }, 4],
    ['conditions in both documents', BOTH_OPEN, 8],
    ['a connection to what no section names', ELSEWHERE, 3],
    ['properties of another type', TYPED, 6],
  ])('%s', async (_name, input, fewest) => {
    const own = taken(input);
    const { profile: _profile, ...without } = own;

    const verdicts = verdictsOf(await judgeText(own, ['/']));

    expect(Object.entries(verdicts).filter(([, verdict]) => /^(?:failed|error)/.test(verdict))).toEqual([]);
    expect(Object.values(verdicts).filter((verdict) => verdict === 'verified').length).toBeGreaterThan(50);
    expect(openIn(without) - openIn(own)).toBeGreaterThanOrEqual(fewest);
  });
});

test('what the reverse document leaves open stands in one entry of the pair', () => {
  const { profile } = taken(BOTH_OPEN);

  expect(profile).toContain('# In the reverse document: The document says: ');
  expect(profile.match(/^ {4}back: \{ when: \{ path: status/gm)).toHaveLength(1);
});
