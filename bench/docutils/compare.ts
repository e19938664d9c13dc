import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { packageRoot } from '../../src/cli/package-root.js';
import { writeWhole } from '../../src/files/write-file.js';
import { DIFFERENCES, outlineOf, type OutlineBlock } from '../../specs/document/outline.js';

/**
 * Compares our reader with docutils block by block, on the bundled documents, on the hand-written ones and on any
 * further file given; of each also as a Windows editor saves it. Exit code 1 when a block differs, 3 without docutils.
 */
const INSTALL = 'install it with "apt-get install python3-docutils" or "pip install docutils"';
const root = packageRoot();
const folders = ['fixtures/dataflows', 'fixtures/dataflows/forms', 'fixtures/dataflows/handwritten'];
const own = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.rst'))
    .map((name) => join(root, folder, name)),
);
const given = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isQuiet = process.argv.includes('--quiet');

type Outlines = { version: string; files: Record<string, OutlineBlock[]> };
const scratch = mkdtempSync(join(tmpdir(), 'docutils-'));

function docutilsOf(paths: string[]): Outlines {
  try {
    const script = join(root, 'bench', 'docutils', 'outline.py');
    const printed = execFileSync('python3', [script, ...paths], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    return JSON.parse(printed) as Outlines;
  } catch (error) {
    console.error(`docutils cannot be run (${String(error).split('\n')[0]}); ${INSTALL}`);
    process.exit(3);
  }
}

/** The same text with a byte order mark and the line ends of Windows. */
const asWindows = (text: string) => `\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`;
const copies = new Map<string, string>();
for (const path of [...own, ...given]) {
  const copy = join(scratch, `${copies.size}-windows-${basename(path)}`);
  writeFileSync(copy, asWindows(readFileSync(path, 'utf8')));
  copies.set(copy, path);
}

const { version, files } = docutilsOf([...own, ...given, ...copies.keys()]);
/** docutils puts what it has to say between the blocks; what it refuses is no block of the document. */
const blocksOf = (blocks: OutlineBlock[]) => blocks.filter((block) => block.kind !== 'message');
const counts = {
  documents: 0,
  same: 0,
  blocks: 0,
  different: 0,
  declared: 0,
  tables: 0,
  headersOnly: 0,
  cells: 0,
};
for (const [path, theirs] of Object.entries(files)) {
  const [left, right] = [blocksOf(outlineOf(readFileSync(path, 'utf8'))), blocksOf(theirs)];
  counts.documents += 1;
  let differences = 0;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [ours, other] = [left[index], right[index]];
    counts.blocks += 1;
    if (ours?.kind === 'table') {
      counts.tables += 1;
      counts.cells += [...ours.header, ...ours.rows].flat().length;
    }
    if (ours?.kind === 'refused') counts.headersOnly += 1;
    if (isDeepStrictEqual(ours, other)) continue;
    differences += 1;
    if (basename(copies.get(path) ?? path) in DIFFERENCES) continue;
    if (differences > 3 || isQuiet) continue;
    const say = (block: OutlineBlock | undefined) => JSON.stringify(block ?? null).slice(0, 240);
    console.log(`${basename(path)}, block ${index}\n  ours     ${say(ours)}\n  docutils ${say(other)}`);
  }
  if (basename(copies.get(path) ?? path) in DIFFERENCES && differences > 0) counts.declared += 1;
  else counts.different += differences;
  if (differences === 0) counts.same += 1;
}
rmSync(scratch, { recursive: true });
console.log(`docutils ${version}: ${JSON.stringify(counts)}`);

if (process.argv.includes('--write')) {
  const stored = Object.fromEntries(
    own.map((path) => [path.slice(root.length + 1), blocksOf(files[path] ?? [])]),
  );
  await writeWhole(
    join(root, 'fixtures', 'docutils', 'outlines.json'),
    `${JSON.stringify({ version, files: stored }, null, 1)}\n`,
  );
}
process.exitCode = counts.different === 0 ? 0 : 1;
