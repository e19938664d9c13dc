import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { diffContracts, type ContractChange, type Used } from '../contract/openapi/diff.js';
import { readOpenApi } from '../checklist/profile/openapi-file.js';
import { EXIT } from './exit-codes.js';
import { prepare } from './prepare.js';
import { UsageError } from './usage-error.js';

type Options = { files: string[]; documentPath: string | null; profilePath: string | null; json: boolean };

/** Compares two OpenAPI files; 1 when a change breaks the consumer, else 0. */
export async function contractDiff({ files, documentPath, profilePath, json }: Options): Promise<number> {
  const [before, after, more] = files;
  if (before === undefined || after === undefined || more !== undefined)
    throw new UsageError(
      `${files.length} files given`,
      'two OpenAPI files: old and new',
      'syncproof contract export writes ours',
    );
  const [old, fresh] = [readOpenApi(await read(before), before), readOpenApi(await read(after), after)];
  const used = documentPath === null ? null : await usedFields(documentPath, profilePath);
  const changes = diffContracts(old, fresh, used);
  const breaking = changes.filter((change) => change.breaking);
  if (json) process.stdout.write(`${JSON.stringify({ before, after, changes }, null, 2)}\n`);
  else process.stdout.write(render(changes));
  return breaking.length > 0 ? EXIT.failed : EXIT.ok;
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${path} cannot be read (${error.code ?? error.message})`,
      'a readable OpenAPI file in JSON or YAML',
      'check the path',
    );
  });
}

/** Every field, of either system, that a row or a match key of the document uses. */
async function usedFields(documentPath: string, profilePath: string | null): Promise<Used> {
  const { compiled } = await prepare({ documentPath, reversePath: null, profilePath });
  const paths = new Set<string>();
  for (const pair of compiled.plan.pairs) {
    for (const row of pair.rows) {
      paths.add(row.a).add(row.b);
      if (row.transform.kind !== 'lines') continue;
      for (const inner of row.transform.rows) paths.add(`${row.a}.${inner.a}`).add(`${row.b}.${inner.b}`);
    }
    for (const key of pair.match) for (const part of key.parts) paths.add(part.a).add(part.b);
  }
  return paths;
}

function render(changes: ContractChange[]): string {
  if (changes.length === 0) return 'No change.\n';
  const colors = pc.createColors(process.stdout.isTTY && process.env['NO_COLOR'] === undefined);
  const lines = changes.map(({ subject, what, breaking, why }) => {
    const mark = breaking ? colors.red('breaking    ') : colors.green('not breaking');
    return `${mark}  ${subject}: ${what}\n              ${colors.dim(why)}`;
  });
  const count = changes.filter((change) => change.breaking).length;
  return `${lines.join('\n')}\n\n${changes.length} changes, ${count} of them breaking\n`;
}
