import type { CAC } from 'cac';
import { readServeOptions } from '../serve/options.js';

/** `syncproof serve`: both systems' stand-ins and the reference sync as real HTTP servers. */
export function registerServe(cli: CAC): void {
  cli
    .command('serve [document]', 'Serve stand-ins of both systems and the reference sync on loopback ports')
    .option('--profile <file>', 'Profile; found by the two system names when left out')
    .option('--only <role>', 'One role in this process: the key of a system (webshop, crm), or sync')
    .option('--port <n>', 'First of the ports, or that of the one role; 0 takes free ones', { default: 4010 })
    .option('--url <key=url>', 'With --only sync: where a system is; once for each')
    .option('--webhooks-to <url>', 'With --only a system: where the sync is, or its endpoint for events')
    .option('--db <file>', 'SQLite file of the sync; in memory when left out')
    .option('--data <path>', 'File that keeps the records of a system; a folder when both are served')
    .option('--poll <ms>', 'Pause of the sync between two rounds; 0: only when POST /sync asks', {
      default: 2000,
    })
    .option('--scan <ms>', 'Pause between two whole listings, where a deletion shows by nothing else', {
      default: 0,
    })
    .option('--fault <n>', 'Serve a sync with a fault of the catalogue')
    .option('--host <host>', 'Address to listen on', { default: '127.0.0.1' })
    .option('--allow-remote', 'Permit a --host that other machines can reach')
    .option(
      '--write-profile <file>',
      'Write the profile in use with an entry `remote` for what is served, to judge it with run --target remote',
    )
    .option('--json', 'Print one line of JSON when ready instead of the text')
    .example('  syncproof serve --write-profile playground.yaml')
    .example('  syncproof serve --db sync.db --data records')
    .example(
      '  syncproof serve --only sync --url webshop=http://127.0.0.1:4010 --url crm=http://127.0.0.1:4011',
    )
    .action(async (document: string | undefined, options: Record<string, unknown>) => {
      const read = readServeOptions(document ?? null, options);
      const { serve } = await import('../serve/serve.js');
      return serve(read);
    });
}
