import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CAC } from 'cac';
import { writeWhole } from '../../files/write-file.js';
import { EXIT } from '../exit-codes.js';
import { readList, readOne } from '../options.js';
import { readTemplates, templateNames } from '../templates.js';
import { UsageError } from '../usage-error.js';

/** `syncproof init`: writes a commented profile with what a document leaves open. */
export function registerInit(cli: CAC): void {
  cli
    .command(
      'init <document> [reverse]',
      'Write a profile with everything that a document, or with its reverse, leaves open, ready to fill in',
    )
    .option(
      '--template <name>',
      `Begin with the description of an API, for both systems or as key=name for one: ${templateNames().join(', ')}`,
    )
    .option('--out <file>', 'Where to write it; printed when left out')
    .option('--force', 'Replace an existing file')
    .example('  syncproof init my-document.rst --out my-profile.yaml')
    .example('  syncproof init a-to-b.rst b-to-a.rst --out my-profile.yaml')
    .example('  syncproof init my-document.rst --template shop=bearer-page --template crm=oauth-cursor')
    .action(async (path: string, back: string | undefined, options: Record<string, unknown>) => {
      const { prepare } = await import('../prepare.js');
      const { initProfile } = await import('../../checklist/init.js');
      const { document, reverse, compiled } = await prepare({
        documentPath: path,
        reversePath: back ?? null,
        profilePath: null,
        profile: null,
      });
      const { a, b } = compiled.plan.systems;
      const templates = readTemplates(readList(options['template']), [a.key, b.key]);
      const text = initProfile(document, compiled, templates, reverse);
      const out = readOne('out', options['out']);
      if (out === null) {
        process.stdout.write(text);
        return EXIT.ok;
      }
      if (existsSync(out) && options['force'] !== true) {
        throw new UsageError(
          `${out} exists already`,
          'a new file',
          'choose another name, or give --force to replace it',
        );
      }
      await writeWhole(resolve(out), text);
      process.stdout.write(`wrote ${out}\n`);
      return EXIT.ok;
    });
}
