import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { writeWhole } from '../../files/write-file.js';
import { EXIT } from '../exit-codes.js';
import { readOne } from '../options.js';

/** `syncproof inspect`: what documents say, what is wrong with them, and which checks they give. */
export function registerInspect(cli: CAC): void {
  cli
    .command(
      'inspect [...documents]',
      'Lint documents and show what they compile to, without running anything',
    )
    .option('--profile <file>', 'Profile; found by the two system names when left out')
    .option('--json', 'Print the result as JSON')
    .option('--sarif <file>', 'Write the diagnostics as SARIF for code review tools')
    .option('--checks', 'List the id of every check')
    .example("  syncproof inspect 'documents/*.rst' --json")
    .action(async (patterns: string[], options: Record<string, unknown>) => {
      const { findDocuments } = await import('../find-documents.js');
      const { inspectDocuments } = await import('../inspect-documents.js');
      const { renderInspection } = await import('../render-inspection.js');
      const result = await inspectDocuments(findDocuments(patterns), readOne('profile', options['profile']));
      const sarif = readOne('sarif', options['sarif']);
      if (sarif !== null) {
        const { toSarif } = await import('../sarif.js');
        await writeWhole(resolve(sarif), `${JSON.stringify(toSarif(result), null, 2)}\n`);
      }
      const text =
        options['json'] === true
          ? JSON.stringify(result.json, null, 2)
          : renderInspection(result, options['checks'] === true);
      process.stdout.write(`${text}\n`);
      const isBroken = result.json.documents.some(({ diagnostics }) =>
        diagnostics.some(({ severity }) => severity === 'error'),
      );
      return isBroken || result.json.totals.unparsed > 0 ? EXIT.usage : EXIT.ok;
    });
}
