import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveSystem } from '../../mocks/served-system.js';
import { serveTwin, type Served } from '../../mocks/serve.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { credentialsFor } from '../../src/cli/serve/credentials.js';
import { createSyncProcess } from '../../src/cli/serve/sync-process.js';
import { createRng } from '../../src/contract/values.js';
import type { System } from '../../src/drivers/ports.js';
import { httpSystem } from '../../src/drivers/http-system.js';
import { networkFetch } from '../../src/contract/wire.js';
import { createMemoryStore } from '../../src/sync/store/memory.js';
import { runCli, startCli } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

export type Interruption = { signal: NodeJS.Signals; afterMs: number; cleanedUp: number };
export type Told = {
  interruptions: Interruption[];
  /** Records in both systems that bear a tag of a run, in the end. */
  tagged: number;
  bystanders: number;
  /** Bystanders that are not byte for byte as before. */
  touched: number;
  problems: string[];
};

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGKILL'];
const PAIRS = ['Customer', 'Product'] as const;

/**
 * Starts a run, ends it at a point given by the seed, cleans up, and does so again `times` times, in two systems that
 * hold `bystanders` records of others.
 */
export async function interruptRuns(times: number, bystanders: number, seed: number): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'syncproof-interrupted-'));
  const { plan } = (await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null }))
    .compiled;
  const [webshop, crm] = await Promise.all([serve(plan, 'a'), serve(plan, 'b')]);
  const systems = { a: reach(plan, 'a', webshop.url), b: reach(plan, 'b', crm.url) };
  await fill(systems.a, bystanders / 2, 'email', 'sku');
  await fill(systems.b, bystanders / 2, 'email', 'sku');
  const before = await bytesOf(systems);
  const sync = await startSync(plan, webshop.url, crm.url);
  const rng = createRng(seed);
  const told: Told = { interruptions: [], tagged: 0, bystanders: before.size, touched: 0, problems: [] };
  const profile = writeProfile(folder, {
    webshop: webshop.url,
    crm: crm.url,
    sync: null,
    more: ['settleMs: 8000', 'absenceMs: 500', 'quietMs: 100', 'pollMs: 100', 'concurrency: 20'],
  });
  try {
    for (let time = 0; time < times; time++) {
      const signal = SIGNALS[time % SIGNALS.length] ?? 'SIGINT';
      const afterMs = Math.round(rng() * 2500);
      const args = [
        'run',
        '--profile',
        profile,
        '--target',
        'remote',
        '--no-allure',
        '--only',
        'product',
        '--out',
        'reports',
      ];
      const { child, ended } = startCli(folder, args, HARNESS_ENV);
      await untilLedger(folder, time + 1, () => child.exitCode !== null);
      await sleep(afterMs);
      child.kill(signal);
      const { code, err } = await ended;
      if (signal !== 'SIGKILL' && code !== 4 && code !== 0)
        told.problems.push(`${signal} ended with ${String(code)}: ${err.slice(-300)}`);
      const cleaned = await runCli(
        folder,
        ['cleanup', '--out', 'reports', '--profile', profile],
        HARNESS_ENV,
      );
      if (cleaned.code !== 0)
        told.problems.push(`cleanup ended with ${String(cleaned.code)}: ${cleaned.err.slice(-300)}`);
      const cleanedUp = Number(/(\d+) records removed/.exec(cleaned.out)?.[1] ?? 0);
      told.interruptions.push({ signal, afterMs, cleanedUp });
    }
    const after = await bytesOf(systems);
    const tags = tagsOf(join(folder, 'reports'));
    told.tagged = [...after.values()].filter((text) =>
      tags.some((tag) => text.toLowerCase().includes(tag)),
    ).length;
    told.touched = [...before].filter(([id, text]) => after.get(id) !== text).length;
    return told;
  } finally {
    await sync.close();
    await Promise.all([webshop.close(), crm.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The ledger is there before the first record is. */
async function untilLedger(folder: string, count: number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const reports = join(folder, 'reports');
    try {
      if (readdirSync(reports).filter((name) => name.startsWith('ledger-')).length >= count) return;
    } catch {
      // The folder of the reports is not there yet.
    }
    await sleep(50);
  }
}

function tagsOf(reports: string): string[] {
  return readdirSync(reports)
    .filter((name) => name.startsWith('ledger-'))
    .map(
      (name) =>
        (JSON.parse(readFileSync(join(reports, name), 'utf8').split('\n')[0] ?? '') as { tag: string }).tag,
    );
}

function serve(plan: SyncPlan, side: 'a' | 'b'): Promise<Served> {
  return serveSystem({
    contract: plan.systems[side],
    credentials: credentialsFor(plan.systems[side], {}, { isLocal: true, callers: ['harness', 'sync'] }),
    host: '127.0.0.1',
    port: 0,
    dataFile: null,
    webhookPath: `/webhooks/${side}`,
    webhookUrl: () => null,
    onCall: () => undefined,
    onWebhook: () => undefined,
  });
}

function reach(plan: SyncPlan, side: 'a' | 'b', baseUrl: string): System {
  const own = plan.systems[side];
  const { harness } = credentialsFor(own, {}, { isLocal: true, callers: ['harness', 'sync'] });
  return httpSystem(side, { ...own, api: { ...own.api, baseUrl } }, networkFetch, harness);
}

/** Records of others, one half customers and one half products. */
async function fill(system: System, count: number, mailPath: string, skuPath: string): Promise<void> {
  for (let made = 0; made < count; made++) {
    const own = `${system.side}-${made}`;
    if (made % 2 === 0) await system.create('Customer', { [mailPath]: `bystander.${own}@example.com` });
    else {
      const name = system.side === 'a' ? 'name' : 'title';
      await system.create('Product', { [skuPath]: `BY-${own}`, [name]: `Bystander ${own}` });
    }
  }
}

/** Every record of both systems as one text, with its update time and version. */
async function bytesOf(systems: Record<'a' | 'b', System>): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const side of ['a', 'b'] as const) {
    for (const entity of [...PAIRS, 'Order']) {
      for (const record of await systems[side].list(entity))
        texts.set(`${side} ${entity} ${record.id}`, JSON.stringify(record));
    }
  }
  return texts;
}

/** A sync that passes over what was there before it: the bystanders are nobody's business. */
async function startSync(plan: SyncPlan, webshop: string, crm: string): Promise<{ close(): Promise<void> }> {
  const at = (side: 'a' | 'b', baseUrl: string) => ({
    ...plan.systems[side],
    api: { ...plan.systems[side].api, baseUrl },
  });
  const secrets = (side: 'a' | 'b') => {
    const own = credentialsFor(plan.systems[side], {}, { isLocal: true, callers: ['sync'] });
    return { ...own.sync, webhookSecret: own.webhookSecret, account: own.account };
  };
  const store = createMemoryStore();
  for (const side of ['a', 'b'] as const)
    for (const { entity } of plan.pairs) store.setWatermark(side, entity[side], 'changes', Date.now() + 1);
  await sleep(5);
  const process = createSyncProcess({
    plan: { ...plan, systems: { a: at('a', webshop), b: at('b', crm) } },
    credentials: { a: secrets('a'), b: secrets('b') },
    store,
    workerId: 'worker',
    pollMs: 100,
    makeBreakage: () => ({}),
    log: () => undefined,
  });
  const service = await serveTwin({ fetch: process.fetch }, { host: '127.0.0.1', port: 0 });
  process.start();
  return {
    async close() {
      await process.stop(2000);
      await service.close();
    },
  };
}
