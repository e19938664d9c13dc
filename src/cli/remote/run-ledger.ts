import { resolve } from 'node:path';
import { Ledger } from '../../drivers/remote/ledger.js';
import type { RemoteSettings } from '../../drivers/remote/settings.js';
import type { Swept } from '../../drivers/remote/sweep.js';
import { shown } from '../package-root.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';

/** The ledger of a new run, which names all that a later cleanup needs. */
export async function openLedger(
  path: string,
  { document, reverse, profile, compiled }: Prepared,
  settings: RemoteSettings,
  options: RunOptions,
): Promise<Ledger> {
  const { systems } = compiled.plan;
  return Ledger.open(path, {
    schema: 'syncproof.ledger/1',
    tag: settings.runTag,
    startedAt: new Date().toISOString(),
    document: resolve(options.documentPath),
    reverse: reverse === null ? null : resolve(reverse.path),
    profile: resolve(profile?.path ?? document.title),
    systems: {
      a: `${systems.a.name} ${settings.systems.a.baseUrl}`,
      b: `${systems.b.name} ${settings.systems.b.baseUrl}`,
    },
  });
}

/** Notes that all is removed, or says what is not. */
export async function concludeLedger(ledger: Ledger, swept: Swept, path: string): Promise<string[]> {
  if (swept.left.length === 0) {
    await ledger.write({ event: 'clean', at: new Date().toISOString() });
    return [];
  }
  const [first] = swept.left;
  return [
    `${swept.left.length} records of the run could not be removed, first ${first?.entity ?? ''} ${first?.id ?? ''} of side ${first?.side ?? ''}` +
      `${swept.problems[0] === undefined ? '' : ` (${swept.problems[0]})`}; run: syncproof cleanup --ledger ${shown(path)}`,
  ];
}
