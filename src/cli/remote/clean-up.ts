import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAdapters } from '../../checklist/profile/index.js';
import { InputError } from '../../document/input-error.js';
import { SystemError } from '../../drivers/ports.js';
import { Ledger } from '../../drivers/remote/ledger.js';
import { Redactor } from '../../drivers/remote/redact.js';
import { networkSend } from '../../drivers/remote/send.js';
import type { Swept } from '../../drivers/remote/sweep.js';
import { located, remoteTarget } from '../../drivers/remote/target.js';
import { EXIT } from '../exit-codes.js';
import { shown } from '../package-root.js';
import { prepare } from '../prepare.js';
import { readLedger, type ReadLedger } from './read-ledger.js';
import { remoteSettings, secretsOf } from './settings.js';
import { UnusableSystem } from './unusable-system.js';

export type CleanUpOptions = {
  ledgers: string[];
  outDir: string;
  profilePath: string | null;
  allowProduction: boolean;
};

/** Removes what runs left behind, by their ledgers, and proves it by listing. Gives the exit code. */
export async function cleanUp(options: CleanUpOptions): Promise<number> {
  const paths = options.ledgers.length > 0 ? options.ledgers : ledgersIn(options.outDir);
  const ledgers = await Promise.all(paths.map(readLedger));
  const open = options.ledgers.length > 0 ? ledgers : ledgers.filter((one) => !one.isClean);
  if (open.length === 0) {
    process.stdout.write(
      `nothing to clean up: ${ledgers.length} ledgers in ${shown(options.outDir)}, all of them clean\n`,
    );
    return EXIT.ok;
  }
  let code: number = EXIT.ok;
  for (const ledger of open) {
    const { removed, left, problems } = await sweepLedger(ledger, options);
    const { tag } = ledger.head;
    process.stdout.write(`run ${tag}: ${removed.length} records removed, ${left.length} left\n`);
    for (const { side, entity, id } of left)
      process.stderr.write(`error: still there: ${entity} ${id} of side ${side}\n`);
    for (const problem of problems) process.stderr.write(`error: ${problem}\n`);
    if (left.length > 0) code = EXIT.harness;
  }
  return code;
}

function ledgersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^ledger-[a-z]+\.jsonl$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

async function sweepLedger(ledger: ReadLedger, options: CleanUpOptions): Promise<Swept> {
  const { head } = ledger;
  const { profile, compiled } = await prepare({
    documentPath: head.document,
    reversePath: head.reverse,
    profilePath: options.profilePath ?? head.profile,
  });
  const settings = remoteSettings(profile, compiled.plan, {
    allowProduction: options.allowProduction,
    env: process.env,
    adapters: await loadAdapters(profile),
    runTag: head.tag,
  });
  demandSameSystems(ledger, located(compiled.plan, settings).systems);
  const redactor = new Redactor(secretsOf(settings), head.tag);
  const writer = await Ledger.open(ledger.path, null);
  try {
    const target = remoteTarget({
      plan: compiled.plan,
      settings,
      send: networkSend(settings),
      clock: { now: Date.now, sleep: async (ms) => void (await sleep(ms)) },
      ledger: writer,
      redactor,
      stopped: () => false,
      ids: randomUUID,
      made: ledger.made,
    });
    const swept = await target.sweep();
    if (swept.left.length === 0) await writer.write({ event: 'clean', at: new Date().toISOString() });
    return { ...swept, problems: swept.problems.map((problem) => redactor.text(problem)) };
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new UnusableSystem(
      error.message,
      `start the system, then again: syncproof cleanup --ledger ${shown(ledger.path)}`,
    );
  } finally {
    await writer.close();
  }
}

/** Ids of a ledger mean something in the systems of its run alone. */
function demandSameSystems(
  { path, head }: ReadLedger,
  systems: Record<'a' | 'b', { name: string; api: { baseUrl: string } }>,
): void {
  for (const side of ['a', 'b'] as const) {
    const found = `${systems[side].name} ${systems[side].api.baseUrl}`;
    if (found === head.systems[side].replace(/\/+$/, '')) continue;
    throw new InputError({
      code: 'other-systems',
      message: 'the ledger is of a run against other systems than the profile names',
      where: `${path}:1`,
      expected: head.systems[side],
      found,
      remedy: 'give the profile of that run with --profile',
    });
  }
}
