import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSystem } from '../../mocks/served-system.js';
import { serveTwin } from '../../mocks/serve.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare, type Prepared } from '../../src/cli/prepare.js';
import { runRemotely, type RemoteRun } from '../../src/cli/remote/run-remotely.js';
import type { RunOptions } from '../../src/cli/run-options.js';
import { selectChecks } from '../../src/cli/select.js';
import { credentialsFor } from '../../src/cli/serve/credentials.js';
import { createSyncProcess } from '../../src/cli/serve/sync-process.js';
import type { MakeBreakage } from '../../src/drivers/breakage.js';
import { createMemoryStore } from '../../src/sync/store/memory.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

export type Playground = {
  folder: string;
  webshop: string;
  crm: string;
  sync: string;
  /** Judges checks of the bundled document over HTTP, with more entries of the profile's `remote`. */
  judge(
    only: string[],
    more: string[],
    options?: Partial<RunOptions>,
    /** `remote.sync` in YAML; the playground's own status and links when left out. */
    access?: string,
    /** A way round to the webshop, and how many requests go there at a time. */
    way?: { webshop: string; connections: number },
  ): Promise<RemoteRun>;
  close(): Promise<void>;
};

/** Both systems and the sync as HTTP servers of this process, with a folder of their own. */
export async function openPlayground(
  input: { breakage?: MakeBreakage; pollMs?: number; hasEvents?: boolean } = {},
): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'syncproof-playground-'));
  const { plan } = (await prepare(inputOf(null))).compiled;
  let syncUrl: string | null = null;
  const serve = (side: 'a' | 'b') =>
    serveSystem({
      contract: plan.systems[side],
      credentials: credentialsFor(plan.systems[side], {}, { isLocal: true, callers: ['harness', 'sync'] }),
      host: '127.0.0.1',
      port: 0,
      dataFile: null,
      webhookPath: `/webhooks/${side}`,
      webhookUrl: () =>
        syncUrl === null || input.hasEvents === false ? null : `${syncUrl}/webhooks/${side}`,
      onCall: () => undefined,
      onWebhook: () => undefined,
    });
  const [webshop, crm] = await Promise.all([serve('a'), serve('b')]);
  const at = (side: 'a' | 'b', baseUrl: string) => ({
    ...plan.systems[side],
    api: { ...plan.systems[side].api, baseUrl },
  });
  const served: SyncPlan = { ...plan, systems: { a: at('a', webshop.url), b: at('b', crm.url) } };
  const secrets = (side: 'a' | 'b') => {
    const own = credentialsFor(plan.systems[side], {}, { isLocal: true, callers: ['sync'] });
    return { ...own.sync, webhookSecret: own.webhookSecret, account: own.account };
  };
  const process = createSyncProcess({
    plan: served,
    credentials: { a: secrets('a'), b: secrets('b') },
    store: createMemoryStore(),
    workerId: 'worker',
    pollMs: input.pollMs ?? 100,
    makeBreakage: input.breakage ?? (() => ({})),
    log: () => undefined,
  });
  const sync = await serveTwin({ fetch: process.fetch }, { host: '127.0.0.1', port: 0 });
  syncUrl = sync.url;
  process.start();
  return {
    folder,
    webshop: webshop.url,
    crm: crm.url,
    sync: sync.url,
    async judge(only, more, options = {}, access = undefined, way = undefined) {
      Object.assign(globalThis.process.env, HARNESS_ENV);
      const path = writeProfile(folder, {
        webshop: way?.webshop ?? webshop.url,
        crm: crm.url,
        sync: sync.url,
        more,
        ...(way === undefined ? {} : { connections: way.connections }),
        ...(access === undefined ? {} : { access }),
      });
      const prepared: Prepared = await prepare(inputOf(path));
      const checks = selectChecks(prepared.compiled.checks, only);
      return runRemotely(prepared, checks, optionsOf(folder, path, options), () => undefined);
    },
    async close() {
      await process.stop(2000);
      await Promise.all([sync.close(), webshop.close(), crm.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const inputOf = (profilePath: string | null) => ({
  documentPath: bundledDocument(),
  reversePath: null,
  profilePath,
});

export function optionsOf(
  folder: string,
  profilePath: string | null,
  options: Partial<RunOptions>,
): RunOptions {
  return {
    documentPath: bundledDocument(),
    isBundled: true,
    reversePath: null,
    profilePath,
    outDir: join(folder, 'reports'),
    seed: 1,
    only: [],
    changedSince: null,
    via: 'direct',
    target: 'remote',
    repeat: 1,
    allowProduction: false,
    shard: null,
    html: false,
    allure: false,
    json: false,
    color: false,
    fault: null,
    ...options,
  };
}
