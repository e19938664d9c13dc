import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { syncproof } from './syncproof.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});

const run = (...args: string[]) => syncproof(folder, args);

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const PAIR = (rows: string, extra = '') => `==============
A to B Dataflow
==============

Generated: 2026-01-01 00:00:00

Introduction
------------

Words.

A Thing to B Thing
------------------
Every A Thing will be synchronized with a B Thing.
${extra}
Once a link between a A Thing and a B Thing is established, it will keep in sync between the two systems, regardless of where it is edited.

The following properties are synchronized between a A Thing and a B Thing:

.. list-table::
   :header-rows: 1

   * - A Thing Property
     - B Thing Property
     - B Data Type
${rows}
`;
const ROW = '   * - name\n     - title\n     - "string"\n';

test('a missing file is one clear error', () => {
  const { code, err } = run('run', 'nowhere.rst');

  expect(code).toBe(2);
  expect(err).toMatch(/cannot be read[\s\S]*found: no such file[\s\S]*remedy:/);
  expect(err).not.toMatch(/\n\s+at /);
});

test('a binary file is refused', () => {
  const { code, err } = run('run', file('image.rst', new Uint8Array([80, 75, 0, 3, 4])));

  expect(code).toBe(2);
  expect(err).toMatch(/binary file/);
});

test('an empty document is refused', () => {
  const { code, err } = run('run', file('empty.rst', '\n\n'));

  expect(code).toBe(2);
  expect(err).toMatch(/empty file/);
});

test('a document without sections runs nothing and is no pass', () => {
  const { code, out } = run(
    'run',
    file('bare.rst', PAIR('').split('A Thing to B Thing')[0] ?? ''),
    '--no-html',
  );

  expect(code).toBe(3);
  expect(out).toMatch(/no-sections/);
});

test('a truncated table is an error with its line, and never a pass', () => {
  const { code, out } = run('run', file('cut.rst', PAIR('   * - name\n     - title\n')), '--no-html');

  expect(code).toBe(3);
  expect(out).toMatch(/broken-table-row cut\.rst:26/);
});

test('an unknown sentence is an error with its line, and never a pass', () => {
  const { code, out } = run('run', file('odd.rst', PAIR(ROW, '\nAll Things are teleported.\n')), '--no-html');

  expect(code).toBe(3);
  expect(out).toMatch(/unparsed-line odd\.rst:16/);
});

test('an unknown property of a profile is named with its line and the nearest one', () => {
  const profile = file(
    'p.yaml',
    'systems:\n  a: { names: [A] }\n  b: { names: [B] }\npairs:\n  - source: Thing\n    target: Thing\n    rows:\n      - { source: nme, target: title }\n',
  );

  const { code, err } = run('run', file('d.rst', PAIR(ROW)), '--profile', profile);

  expect(code).toBe(2);
  expect(err).toMatch(/p\.yaml:8[\s\S]*did you mean "name"/);
});

test('an unknown policy of a profile is named with its line', () => {
  const profile = file(
    'p.yaml',
    'systems:\n  a: { names: [A] }\n  b: { names: [B] }\npolicies:\n  conflikt: newest-edit\n',
  );

  const { code, err } = run('run', file('d.rst', PAIR(ROW)), '--profile', profile);

  expect(code).toBe(2);
  expect(err).toMatch(/unknown entry "conflikt"[\s\S]*p\.yaml:5[\s\S]*did you mean "conflict"/);
});

test.each([['--frobnicate'], ['--seed=abc'], ['--via=pigeon'], ['--only=nothing/at/all']])(
  'the option %s is refused',
  (option) => {
    const { code, err } = run('run', option);

    expect(code).toBe(2);
    expect(err).toMatch(/^error: /);
  },
);

test('an unknown command is refused', () => {
  const { code, err } = run('judge');

  expect(code).toBe(2);
  expect(err).toMatch(/unknown command "judge"/);
});

test('a corrupt run record is refused', () => {
  const { code, err } = run('report', file('run.json', '{"schema":'));

  expect(code).toBe(2);
  expect(err).toMatch(/remedy/);
});

test('refused input leaves nothing behind', () => {
  run('run', file('empty.rst', '\n'));

  expect(existsSync(join(folder, 'reports'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['empty.rst']);
});

test('one check replays from its line', () => {
  const { code, out } = run(
    'run',
    bundledDocument(),
    '--seed',
    '7',
    '--only',
    'customer/keep-in-sync/crm-to-webshop/email',
    '--no-html',
  );

  expect(code).toBe(0);
  expect(out).toMatch(/1 verified|verified/);
});
