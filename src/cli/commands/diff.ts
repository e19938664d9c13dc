import type { CAC } from 'cac';
import { EXIT } from '../exit-codes.js';
import { plural } from '../../report/words.js';
import { readOne } from '../options.js';

/** `syncproof diff`: what came, went and changed between two generations of a document. */
export function registerDiff(cli: CAC): void {
  cli
    .command('diff <old> <new>', 'Compare two generations of a document and the checks they give')
    .option('--profile <file>', 'Profile; found by the two system names when left out')
    .option('--json', 'Print the result as JSON')
    .example('  syncproof diff last-month.rst this-month.rst')
    .action(async (oldPath: string, newPath: string, options: Record<string, unknown>) => {
      const { prepare } = await import('../prepare.js');
      const { diffDocuments } = await import('../../document/diff.js');
      const { diffChecks } = await import('../../checklist/diff.js');
      const profilePath = readOne('profile', options['profile']);
      const generation = (documentPath: string) =>
        prepare({ documentPath, reversePath: null, profilePath, mayFitInPart: true });
      const old = await generation(oldPath);
      const now = await generation(newPath);
      const document = diffDocuments(old.document, now.document);
      const checks = diffChecks(old.compiled, now.compiled);
      const errors = now.compiled.diagnostics.filter(({ severity }) => severity === 'error');
      if (options['json'] === true)
        process.stdout.write(`${JSON.stringify({ document, checks, errors }, null, 2)}\n`);
      else {
        for (const { kind, what, pair, line, text } of document)
          process.stdout.write(`${kind.padEnd(8)} ${what.padEnd(9)} line ${line}  ${pair}: ${text}\n`);
        const count = (kind: string) => checks.filter((check) => check.kind === kind).length;
        process.stdout.write(
          `${plural(document.length, 'change')}; checks: ${count('new')} new, ${count('stale')} stale, ${count('suspect')} suspect\n`,
        );
        // What cannot be read any more is told as removed above, which is half of the truth.
        for (const { code, line, message, remedy } of errors)
          process.stderr.write(`error: ${code} ${newPath}:${line}: ${message}\n  remedy: ${remedy}\n`);
      }
      return errors.length > 0 ? EXIT.usage : EXIT.ok;
    });
}
