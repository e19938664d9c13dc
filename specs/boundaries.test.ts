import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** The import table of docs/architecture.md: a room may import itself and the rooms listed. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/files': [],
  'src/document': ['src/files'],
  'src/contract': ['src/document'],
  'src/contract-checks': [
    'src/contract',
    'src/drivers/credentials.ts',
    'src/run/seed.ts',
    'src/run/record.ts',
  ],
  'src/checklist': ['src/document', 'src/contract', 'src/files'],
  'src/drivers': ['src/contract', 'src/checklist'],
  'src/checks': ['src/checklist', 'src/contract', 'src/document', 'src/drivers', 'src/run/record.ts'],
  'src/sync': ['src/contract', 'src/checklist/plan.ts', 'src/checklist/policies.ts', 'src/drivers/ports.ts'],
  'src/run': [
    'src/checklist',
    'src/checks',
    'src/contract',
    'src/document',
    'src/drivers',
    'src/files',
    'src/contract-checks/run.ts',
    'src/proof/proof-record.ts',
  ],
  'src/proof': ['src/checklist', 'src/checks', 'src/contract', 'src/drivers', 'src/run', 'src/sync'],
  'src/report': [
    'src/document',
    'src/checklist',
    'src/contract',
    'src/files',
    'src/run/record.ts',
    'src/drivers/ports.ts',
    'src/proof/proof-record.ts',
  ],
  'src/cli': ['src'],
  mocks: ['src/contract', 'src/drivers/ports.ts', 'src/drivers/twin-port.ts', 'src/checklist/policies.ts'],
  fixtures: ['src', 'mocks'],
  specs: ['src', 'mocks', 'fixtures'],
  bench: ['src', 'mocks', 'fixtures', 'specs'],
};

/** The only files that may cross a wall, each with its reason. */
const EXCEPTIONS: Record<string, string[]> = {
  'src/drivers/in-process.ts': ['src/sync'],
  'src/drivers/sync-host.ts': ['src/sync'],
  'src/drivers/breakage.ts': ['src/sync'],
  /** `syncproof serve` puts the stand-ins on ports; no other file of the command line knows them. */
  'src/cli/serve/compose.ts': ['mocks'],
};

/** Outside tools and the one place that owns each. */
const OWNERS: Record<string, string[]> = {
  vitest: ['src/run/vitest-runner.ts', 'src/run/run-request.ts'],
  libsql: ['src/sync/store'],
  'allure-js-commons': ['src/report/allure'],
  msw: ['mocks/msw.ts'],
  '@hono/node-server': ['mocks/serve.ts'],
  yaml: ['src/checklist'],
  cac: ['src/cli'],
};

type Import = { file: string; target: string };

const rooms = Object.keys(MAY_IMPORT).toSorted((x, y) => y.length - x.length);
const inside = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
const roomOf = (path: string) => rooms.find((room) => inside(path, room));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return Array.from(found, (match) => ({ file, target: match[1] ?? '' }));
}

const files = ['src', 'mocks', 'fixtures', 'specs', 'bench'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true })
    .map((name) => `${top}/${String(name)}`)
    .filter((name) => name.endsWith('.ts')),
);
const isTest = (file: string) => file.endsWith('.test.ts');
const imports = files.filter((file) => !isTest(file)).flatMap(importsOf);
const resolved = imports
  .filter((one) => one.target.startsWith('.'))
  .map((one) => ({ ...one, target: normalize(join(dirname(one.file), one.target)).replace(/\.js$/, '.ts') }));

test('there is something to judge', () => {
  expect(resolved.length).toBeGreaterThan(50);
});

test('no import crosses a wall of the table', () => {
  const crossings = resolved.filter(({ file, target }) => {
    const room = roomOf(file);
    if (room === undefined) return true;
    const allowed = [room, ...(MAY_IMPORT[room] ?? []), ...(EXCEPTIONS[file] ?? [])];
    return !allowed.some((place) => inside(target, place));
  });

  expect(crossings).toEqual([]);
});

test('the specs are imported by nobody but the benchmarks', () => {
  const importers = resolved.filter(
    ({ file, target }) => inside(target, 'specs') && !inside(file, 'specs') && !inside(file, 'bench'),
  );

  expect(importers).toEqual([]);
});

test('each outside tool is named in its one place', () => {
  const strays = imports.filter(({ file, target }) => {
    const tool = Object.keys(OWNERS).find((name) => inside(target, name));
    if (tool === undefined || inside(file, 'specs') || inside(file, 'bench')) return false;
    return !(OWNERS[tool] ?? []).some((place) => inside(file, place));
  });

  expect(strays).toEqual([]);
});
