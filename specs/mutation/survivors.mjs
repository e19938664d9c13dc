import { compareWritten, writeWritten } from './open-mutants.mjs';

const USAGE = `Lists the mutants of a report that no test killed and nobody has written down.
  node specs/mutation/survivors.mjs FOLDER [PART OF A PATH] [--all]   --all: those written down too
  node specs/mutation/survivors.mjs FOLDER KEY[,KEY…] --why "…"       writes them down as equivalent
  node specs/mutation/survivors.mjs FOLDER --prune                    drops entries whose mutant no longer survives`;

const [folder, ...rest] = process.argv.slice(2);
const at = rest.indexOf('--why');
const why = at < 0 ? undefined : rest[at + 1];
const words = (at < 0 ? rest : rest.slice(0, at)).filter((one) => !one.startsWith('--'));

function list({ mutants, written, unexplained }, part, all) {
  const shown = (all ? mutants.filter(({ open }) => open) : unexplained).filter(({ path }) =>
    path.includes(part),
  );
  let last = '';
  for (const { path, key, line, column, mutant, notTested } of shown) {
    if (path !== last) console.log(`\n${path}`);
    last = path;
    const reason = written[path]?.[key]?.why;
    console.log(
      `  ${key}  ${line}:${column}${notTested ? ' (no test)' : ''}  ${mutant}${reason === undefined ? '' : `  [${reason}]`}`,
    );
  }
  console.log(`\n${shown.length} survivors`);
}

function writeDown({ mutants, written }, keys) {
  for (const wanted of keys) {
    const found = mutants.filter(({ key, open }) => open && key === wanted);
    if (found.length === 0)
      throw new Error(`${wanted}: no survivor of the last report of ${folder} has this key`);
    for (const { path, key, mutant } of found) (written[path] ??= {})[key] = { mutant, why };
  }
  writeWritten(folder, written);
}

if (folder === undefined || (at >= 0 && (why === undefined || words.length === 0))) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const compared = compareWritten(folder);
  if (why !== undefined)
    writeDown(
      compared,
      words.flatMap((one) => one.split(',')),
    );
  else if (rest.includes('--prune')) {
    for (const { path, key } of compared.stale) delete compared.written[path][key];
    writeWritten(folder, compared.written);
  } else list(compared, words[0] ?? '', rest.includes('--all'));
}
