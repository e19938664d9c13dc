import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { parse, stringify } from 'yaml';

const OPEN = new Set(['Survived', 'NoCoverage']);
const CONTROL = 'specs/mutation/in-mocha/control.mjs';

/** What tells a mutant from another although lines move: its file, the text of its line, its place there, its change. */
function keyOf(path, line, { location: { start, end }, mutatorName, replacement = '' }) {
  const indent = line.length - line.trimStart().length;
  const place = start.line === end.line ? end.column - start.column : 'lines';
  const parts = [path, line.trim(), start.column - indent, place, mutatorName, replacement];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
}

const oneLine = (text) => text.replaceAll(/\s+/g, ' ').slice(0, 90);

/** The mutants of a file of a report: `{path, key, line, column, mutant, open, killed, notTested}`, in their order there. */
function mutantsOf(path, { source, mutants }) {
  const lines = source.split('\n');
  return mutants.map((one) => {
    const { start, end } = one.location;
    const line = lines[start.line - 1];
    const text =
      start.line === end.line
        ? line.slice(start.column - 1, end.column - 1)
        : `${line.slice(start.column - 1)} …`;
    return {
      path,
      key: keyOf(path, line, one),
      line: start.line,
      column: start.column,
      mutant: `${one.mutatorName}: ${oneLine(text)} => ${oneLine(one.replacement ?? '')}`,
      open: OPEN.has(one.status),
      killed: one.status === 'Killed',
      notTested: one.status === 'NoCoverage',
    };
  });
}

/** All mutants of the last report of a folder, without those of the control. */
export function readMutants(folder) {
  const { files } = JSON.parse(readFileSync(`reports/mutation/${folder}.json`, 'utf8'));
  return Object.entries(files)
    .filter(([path]) => path !== CONTROL)
    .flatMap(([path, file]) =>
      mutantsOf(path, file).toSorted((x, y) => x.line - y.line || x.column - y.column),
    );
}

const writtenPath = (folder) => `specs/mutation/equivalent/${folder}.yaml`;

/** The survivors written down: `{[path]: {[key]: {mutant, why}}}`. */
export function readWritten(folder) {
  const path = writtenPath(folder);
  return existsSync(path) ? (parse(readFileSync(path, 'utf8')) ?? {}) : {};
}

/** Writes them sorted, so that the file depends on what it says alone. */
export function writeWritten(folder, written) {
  const sorted = Object.fromEntries(
    Object.keys(written)
      .toSorted()
      .filter((path) => Object.keys(written[path]).length > 0)
      .map((path) => [
        path,
        Object.fromEntries(Object.entries(written[path]).toSorted(([x], [y]) => (x < y ? -1 : 1))),
      ]),
  );
  mkdirSync('specs/mutation/equivalent', { recursive: true });
  const path = writtenPath(folder);
  writeFileSync(`${path}.tmp`, stringify(sorted, { lineWidth: 0 }));
  renameSync(`${path}.tmp`, path);
}

/** Survivors that nobody has written down, and entries whose mutant is no survivor any more. */
export function compareWritten(folder) {
  const written = readWritten(folder);
  const mutants = readMutants(folder);
  const unexplained = mutants.filter(({ open, path, key }) => open && written[path]?.[key] === undefined);
  const seen = new Set(mutants.map(({ path }) => path));
  const open = new Set(mutants.filter((one) => one.open).map(({ path, key }) => `${path} ${key}`));
  const stale = Object.entries(written).flatMap(([path, entries]) =>
    seen.has(path)
      ? Object.keys(entries)
          .filter((key) => !open.has(`${path} ${key}`))
          .map((key) => ({ path, key }))
      : [],
  );
  return { mutants, written, unexplained, stale };
}
