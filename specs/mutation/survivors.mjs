import { readFileSync } from 'node:fs';

/** Lists the mutants of a report that no test killed, by file and line: `node specs/mutation/survivors.mjs run merge`. */
const [folder = '', part = ''] = process.argv.slice(2);
const { files } = JSON.parse(readFileSync(`reports/mutation/${folder}.json`, 'utf8'));
for (const [path, { source, mutants }] of Object.entries(files)) {
  const open = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  if (!path.includes(part) || open.length === 0) continue;
  console.log(`\n${path}: ${open.length} of ${mutants.filter((one) => one.status !== 'Ignored').length}`);
  const lines = source.split('\n');
  for (const { location, mutatorName, replacement, status } of open.toSorted(
    (x, y) =>
      x.location.start.line - y.location.start.line || x.location.start.column - y.location.start.column,
  )) {
    const { start, end } = location;
    const text =
      start.line === end.line
        ? lines[start.line - 1].slice(start.column - 1, end.column - 1)
        : `${lines[start.line - 1].slice(start.column - 1)} …`;
    const shown = replacement.replaceAll(/\s+/g, ' ');
    console.log(
      `  ${start.line}:${start.column} ${mutatorName}${status === 'NoCoverage' ? ' (no test)' : ''}  ${text.slice(0, 90)}  =>  ${shown.slice(0, 90)}`,
    );
  }
}
