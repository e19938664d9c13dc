import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { readChoice, readOne, readSeed, wantsColor } from '../options.js';
import { UsageError } from '../usage-error.js';

const ACTIONS = ['export', 'check', 'diff'];

/** `syncproof contract`: exports, verifies and compares the contracts of the systems. */
export function registerContract(cli: CAC): void {
  cli
    .command(
      'contract <action> [...files]',
      'Export the contracts, check a provider, or compare two: export, check, diff',
    )
    .option('--system <name>', 'webshop, crm or (for export) sync; all when left out')
    .option('--base-url <url>', 'check: a live provider instead of the stand-in')
    .option('--document <file>', 'diff: count only the fields that this document synchronises')
    .option('--profile <file>', 'diff: profile of the document')
    .option('--out <dir>', 'Folder to write to (export: fixtures of OpenAPI files; check: reports)')
    .option('--seed <n>', 'check: seed of the generated values', { default: 1 })
    .option('--no-html', 'check: leave out the Allure HTML report')
    .option('--json', 'Print the result as JSON')
    .example('  syncproof contract check --system crm --out reports/contract')
    .example('  syncproof contract diff old-openapi.yaml new-openapi.yaml --document my-document.rst')
    .action(async (action: string, files: string[], options: Record<string, unknown>) => {
      if (!ACTIONS.includes(action))
        throw new UsageError(
          `unknown action "${action}"`,
          `one of ${ACTIONS.join(', ')}`,
          'syncproof contract --help',
        );
      const json = options['json'] === true;
      const out = readOne('out', options['out']);
      const system = readOne('system', options['system']);
      if (action === 'diff') {
        const { contractDiff } = await import('../contract-diff.js');
        return contractDiff({
          files,
          documentPath: readOne('document', options['document']),
          profilePath: readOne('profile', options['profile']),
          json,
        });
      }
      if (files.length > 0)
        throw new UsageError(
          `contract ${action} takes no files`,
          'no file',
          'files are compared with contract diff',
        );
      if (action === 'export') {
        const { contractExport } = await import('../contract-export.js');
        return contractExport({ system, outDir: out === null ? null : resolve(out), json });
      }
      const { contractCheck } = await import('../contract-check.js');
      return contractCheck({
        system: system === null ? null : readChoice('system', system, ['webshop', 'crm', 'sync'], 'webshop'),
        baseUrl: readOne('base-url', options['baseUrl']),
        outDir: out === null ? null : resolve(out),
        seed: readSeed(options['seed'], 1),
        html: options['html'] !== false,
        color: wantsColor(options['color']),
        json,
      });
    });
}
