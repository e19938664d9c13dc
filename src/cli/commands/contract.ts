import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { readOne, readSeed, wantsColor } from '../options.js';
import { UsageError } from '../usage-error.js';

const ACTIONS = ['export', 'check', 'diff'];

/** `syncproof contract`: exports, verifies and compares the contracts of the systems. */
export function registerContract(cli: CAC): void {
  cli
    .command(
      'contract <action> [...files]',
      'Export the contracts, check a provider, or compare two: export, check, diff',
    )
    .option('--system <name>', 'webshop, crm, sync, or a system of the profile; all when left out')
    .option('--base-url <url>', 'check: a live provider instead of the stand-in')
    .option(
      '--document <file>',
      'export, check: its contracts; diff: count only the fields that it synchronises',
    )
    .option('--profile <file>', 'Profile of the document')
    .option('--out <dir>', 'Folder to write to (export: OpenAPI files; check: reports)')
    .option('--seed <n>', 'check: seed of the generated values', { default: 1 })
    .option('--no-html', 'check: leave out the Allure HTML report')
    .option('--json', 'Print the result as JSON')
    .example('  syncproof contract export --document my-document.rst --out openapi')
    .example('  syncproof contract check --system crm --out reports/contract')
    .example('  syncproof contract check --system webshop --base-url http://127.0.0.1:8080')
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
        return contractExport({
          system,
          documentPath: readOne('document', options['document']),
          profilePath: readOne('profile', options['profile']),
          outDir: out === null ? null : resolve(out),
          json,
        });
      }
      const { contractCheck } = await import('../contract-check.js');
      return contractCheck({
        system,
        documentPath: readOne('document', options['document']),
        profilePath: readOne('profile', options['profile']),
        baseUrl: readOne('base-url', options['baseUrl']),
        outDir: out === null ? null : resolve(out),
        seed: readSeed(options['seed'], 1),
        html: options['html'] !== false,
        color: wantsColor(options['color']),
        json,
      });
    });
}
