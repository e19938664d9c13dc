import { describe, expect, test } from 'vitest';
import { parseProfile } from './profile/load.js';
import { draftOf, EVERY, merges, properties, section } from './testing/init-profile.js';

const profileFor = (...lines: string[]) => draftOf(lines);

test('both systems, the policies and every pair stand in the profile', () => {
  const profile = profileFor(...section('Client', 'Account', EVERY));

  for (const line of [
    '# Profile for "Desk to Book Dataflow"',
    '  desk:',
    '    names: ["Desk"]',
    '  book:',
    '    names: ["Book"]',
    '  conflict: newest-edit # or side-a-wins, side-b-wins, keep-for-review',
    '  - source: "Client"',
    '    target: "Account"',
    '    #match: [[{ source: "email", target: "email", normalise: case-insensitive }]]',
    '    #rows:',
    '      #- { source: "name", target: "name", examples: [["Ada", "Ada"]] }',
  ])
    expect(profile.split('\n')).toContain(line);
});

test('a document without pairs gives an empty list, which is valid', () => {
  const profile = profileFor();

  expect(profile).toContain('\npairs: []\n');
  expect(() => parseProfile(profile, 'p.yaml')).not.toThrow();
});

test('a pair is written once, however often its heading stands there', () => {
  const profile = profileFor(
    ...section('Client', 'Account', EVERY),
    ...section(
      'Client',
      'Account',
      'When a Desk Client is paying, it  will be synchronized with a Book Account.',
    ),
    ...section('Client', 'Ledger', 'Every Desk Client will be synchronized with a Book Ledger.'),
  );

  expect(profile.match(/target: "Account"/g)).toHaveLength(1);
  expect(profile.match(/target: "Ledger"/g)).toHaveLength(1);
});

test('a condition is asked for, in the words of the document', () => {
  const profile = profileFor(
    ...section(
      'Client',
      'Account',
      'When a Desk Client is paying, it  will be synchronized with a Book Account.',
    ),
  );

  expect(profile).toContain('    # The document says: When a Desk Client is paying\n');
});

test('without a condition none is asked for', () => {
  expect(profileFor(...section('Client', 'Account', EVERY))).not.toContain('#when:');
});

test('where the document names keys and rows no others are asked for, only what is open in them', () => {
  const profile = profileFor(
    ...section('Client', 'Account', EVERY),
    ...merges(['email', 'mail']),
    ...properties(
      ['name', 'title', '"string"'],
      ['age', 'years', '"about that"'],
      ['phone (Dependant on having work in kind)', 'phone', '"string"'],
      ['fax', 'fax (Dependant on having work in kind)', '"string"'],
    ),
  );

  expect(profile).not.toContain('#match:');
  expect(profile.split('\n').filter((line) => /^ {4}# line \d+:/.test(line))).toEqual([
    expect.stringContaining('age | years, a transform that is not understood: "about that"'),
  ]);
  expect(profile).toContain('{ source: "age", target: "years", transform:');
});

/** The lines of a draft between two of its lines, both left out; to the end without a second. */
function between(draft: string, from: string, to: string): string[] {
  const lines = draft.split('\n');
  return lines.slice(lines.indexOf(from) + 1, lines.indexOf(to));
}
const POLICIES = '# What the document does not say of conflicts and deletions; these are the defaults.';

test('the draft of a document without sections stands there in full', () => {
  expect(draftOf([]).split('\n')).toEqual([
    '# Profile for "Desk to Book Dataflow"',
    '# What the document leaves open, ready to fill in. As it is this file changes nothing.',
    '# A line that begins with "#" and no blank is a suggestion: correct it, and take the "#" away.',
    '',
    'systems:',
    '  desk:',
    '    names: ["Desk"]',
    '    contract: derived # the properties that the document and this file name',
    '  book:',
    '    names: ["Book"]',
    '    contract: derived # the properties that the document and this file name',
    '',
    POLICIES,
    'policies:',
    '  conflict: newest-edit # or side-a-wins, side-b-wins, keep-for-review',
    '  tie: a',
    '  delete: ignore # or propagate, unlink',
    '  writeBudget: 1',
    '',
    '# The document holds no section.',
    'pairs: []',
    '',
  ]);
});

describe('the systems of a draft', () => {
  const systemsOf = (title: string) =>
    between(draftOf([], { title }), 'systems:', POLICIES).filter((line) => !/^ {4}contract:/.test(line));

  test('of one name are two accounts', () => {
    expect(systemsOf('Tide Desk to Tide Desk Dataflow')).toEqual([
      '  # Both systems have one name, so this one is an account: tide-desk-a, beside tide-desk-b.',
      '  tide-desk-a:',
      '    names: ["Tide Desk"]',
      '  # Both systems have one name, so this one is an account: tide-desk-b, beside tide-desk-a.',
      '  tide-desk-b:',
      '    names: ["Tide Desk"]',
      '',
    ]);
  });

  test('are asked for their names where the title leaves them out', () => {
    const [first, ...further] = systemsOf('Desk to Dataflow');

    expect([first, ...further]).toEqual([
      '  desk:',
      '    names: ["Desk"]',
      '  # The title leaves this system without a name; write it between the quotes.',
      '  unnamed:',
      '    names: [""]',
      '',
    ]);
    expect(draftOf([], { title: 'Text' }).split('\n')[0]).toBe('# Profile for "a document without a title"');
  });
});

test('properties without a type are listed with their entity, once each, without keys and deeper ones', () => {
  const draft = profileFor(
    ...section('Client', 'Account', EVERY),
    ...properties(
      ['id', 'id', ''],
      ['name', 'title', 'N/A'],
      ['name', 'deep.label', ''],
      ['deep.size', 'width', ''],
      ['', 'height', ''],
      ['age', 'years', '"integer"'],
    ),
    ...section('Ticket', 'Entry', 'Every Desk Ticket will be synchronized with a Book Entry.'),
    'The following properties are synchronized between a Desk Ticket and a Book Entry:',
    ...properties(['text', 'words', '']).slice(1),
  );

  expect(between(draft, 'systems:', POLICIES)).toEqual([
    '  desk:',
    '    names: ["Desk"]',
    '    contract: derived # the properties that the document and this file name',
    '    # No type is given for these properties; until then each holds a text.',
    '    #entities:',
    '      #"Client":',
    '        #fields:',
    '          #"name": { type: string, maxLength: 255 }',
    '      #"Ticket":',
    '        #fields:',
    '          #"text": { type: string, maxLength: 255 }',
    '  book:',
    '    names: ["Book"]',
    '    contract: derived # the properties that the document and this file name',
    '    # No type is given for these properties; until then each holds a text.',
    '    #entities:',
    '      #"Account":',
    '        #fields:',
    '          #"title": { type: string, maxLength: 255 }',
    '          #"width": { type: string, maxLength: 255 }',
    '          #"height": { type: string, maxLength: 255 }',
    '      #"Entry":',
    '        #fields:',
    '          #"words": { type: string, maxLength: 255 }',
    '',
  ]);
});

test('a system with a template has its lines, with a variable of its own; a run between deployed ones is prepared', () => {
  const templates = new Map([['desk', 'api:\n  token: SYSTEM_TOKEN\n  user: SYSTEM_USER\n\n']]);
  const draft = draftOf([], { templates, title: 'Desk to Tide Book Dataflow' });

  expect(between(draft, 'systems:', 'policies:')).toEqual([
    '  desk:',
    '    names: ["Desk"]',
    '    api:',
    '      token: DESK_TOKEN',
    '      user: DESK_USER',
    '  tide-book:',
    '    names: ["Tide Book"]',
    '    contract: derived # the properties that the document and this file name',
    '',
    'remote: # for run --target remote; see docs/remote.md',
    '  sync: { kind: none } # or trigger, webhook, status, with their URLs',
    '  # systems: { KEY: { production: true, hosts: [api.example.com] } }',
    '  settleMs: 60000',
    '',
    POLICIES,
  ]);
});

test('the variable of a template is the key of the system in capitals, words joined by low lines', () => {
  const templates = new Map([['big-tide-book', 'token: SYSTEM_TOKEN']]);

  expect(draftOf([], { templates, title: 'Desk to Big Tide Book Dataflow' })).toContain(
    '    token: BIG_TIDE_BOOK_TOKEN\n',
  );
});

describe('what no profile can mend', () => {
  const NOT_UNDERSTOOD =
    '# These parts are not understood, so that no run can be green; correct them in the document:';
  const listed = (count: number) =>
    between(
      profileFor(...section('Client', 'Account', EVERY, ...Array.from({ length: count }, () => 'Say "no".'))),
      NOT_UNDERSTOOD,
      'pairs:',
    );

  test('is listed with its line', () => {
    expect(listed(1)).toEqual([
      '# - line 8: this is none of the nine sentence forms under a heading: Say \\"no\\".',
      '',
    ]);
  });

  test('is listed up to forty parts; of more the number is told', () => {
    expect(listed(40)).toHaveLength(41);
    expect(listed(40).at(-2)).toContain('line 86:');
    expect(listed(41).slice(-3)).toEqual([
      expect.stringContaining('line 86:'),
      '# - and 1 more, see syncproof inspect',
      '',
    ]);
  });

  test('is not spoken of where all is understood; a warning is none', () => {
    expect(profileFor(...section('Client', 'Account', EVERY))).not.toContain(NOT_UNDERSTOOD);
  });
});
