import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InputError } from '../../document/input-error.js';
import { loadProfile, parseProfile } from './load.js';

const SYSTEMS = ['systems:', '  shop: { names: [Shop] }', '  crm: { names: [CRM] }'];
const parse = (...lines: string[]) => parseProfile([...SYSTEMS, ...lines, ''].join('\n'), 'p.yaml');

function refusal(...lines: string[]): InputError {
  try {
    parse(...lines);
  } catch (error) {
    return error as InputError;
  }
  throw new Error('the profile was read');
}

test('a profile knows the line of each of its entries, or of the nearest one around', () => {
  const { path, profile, lineOf } = parse('pairs:', '  - source: Customer', '    target: Contact');

  expect(path).toBe('p.yaml');
  expect(Object.keys(profile.systems)).toEqual(['shop', 'crm']);
  expect(lineOf(['pairs', 0, 'target'])).toBe(6);
  expect(lineOf(['pairs', 0, 'rows', 3, 'source'])).toBe(5);
  expect(lineOf(['nowhere'])).toBe(1);
});

test('an unknown entry is named with its place, what may stand there and the nearest of it', () => {
  expect(refusal('policies:', '  conflit: newest-edit')).toMatchObject({
    code: 'profile-invalid',
    message: 'the profile has an unknown entry "conflit"',
    where: 'p.yaml:5',
    expected: expect.stringMatching(/^one of conflict, tie, /) as string,
    found: 'policies.conflit',
    remedy: 'did you mean "conflict"?',
  });
});

test.each([
  ['at the top', ['wavers: []'], 'waivers', 4],
  ['of a pair', ['pairs:', '  - { source: A, target: B, ownr: me }'], 'owner', 5],
  [
    'of a row',
    ['pairs:', '  - { source: A, target: B, rows: [{ source: a, target: b, slg: c }] }'],
    'slug',
    5,
  ],
  ['of the gate', ['gate: { minVerifed: 3 }'], 'minVerified', 4],
  [
    'of a waiver',
    ['waivers:', '  - { check: a, chek: a, fingerprint: b, reason: c, owner: d, expires: 2027-01-01 }'],
    'check',
    5,
  ],
])('an unknown entry %s is taken for the nearest known one', (_where, lines, near, line) => {
  const { remedy, where } = refusal(...lines);

  expect(where).toBe(`p.yaml:${line}`);
  expect(remedy).toBe(`did you mean "${near}"?`);
});

test('an entry that is near to nothing is to be removed', () => {
  expect(refusal('policies:', '  frobnication: 1').remedy).toBe('remove the entry');
});

test('an unknown entry where nothing is known tells what the schema says', () => {
  expect(refusal('remote: { systems: {}, speling: 1 }')).toMatchObject({
    expected: expect.stringContaining('speling') as string,
    found: 'remote.speling',
  });
});

test('a wrong value is told with its place', () => {
  expect(refusal('policies:', '  tie: c')).toMatchObject({
    code: 'profile-invalid',
    message: expect.stringMatching(/^the profile is not valid: .+/) as string,
    where: 'p.yaml:5',
    expected: expect.stringContaining('"a"|"b"') as string,
    found: 'policies.tie',
    remedy: 'correct the entry',
  });
});

test('a profile without systems is refused', () => {
  expect(() => parseProfile('', 'p.yaml')).toThrow(
    expect.objectContaining({ where: 'p.yaml:1', found: 'systems' }),
  );
});

test('what is no YAML is told with its line', () => {
  const error = refusal('pairs: [', 'gate: }');

  expect(error).toMatchObject({ code: 'profile-no-yaml', expected: 'YAML' });
  expect(error.where).toMatch(/^p\.yaml:[45]$/);
  expect(error.found).toMatch(/^[A-Z_]+$/);
  expect(error.message.split('\n')).toHaveLength(1);
});

test('a file that is not there is one clear error', async () => {
  await expect(loadProfile('/nowhere/p.yaml')).rejects.toMatchObject({
    code: 'unreadable-profile',
    where: '/nowhere/p.yaml',
    found: 'no such file',
  });
});

test('a folder is no profile', async () => {
  await expect(loadProfile(tmpdir())).rejects.toMatchObject({ code: 'unreadable-profile', found: 'EISDIR' });
});

test('a profile is read from its file', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'profile-')), 'p.yaml');
  writeFileSync(path, SYSTEMS.join('\n'));

  expect((await loadProfile(path)).path).toBe(path);
});
