import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAdapters } from '../../checklist/profile/index.js';
import type { SyncPlan } from '../../checklist/plan.js';
import { observedFetch } from '../../contract/observe-fetch.js';
import { ContractObserver } from '../../contract/observe.js';
import { recordingFetch, type RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import type { Ledger } from '../../drivers/remote/ledger.js';
import { Redactor } from '../../drivers/remote/redact.js';
import { networkSend } from '../../drivers/remote/send.js';
import type { RemoteClock, RemoteSettings } from '../../drivers/remote/settings.js';
import { watchStandstill } from '../../drivers/remote/standstill.js';
import { remoteTarget, type RemoteTarget } from '../../drivers/remote/target.js';
import { shown } from '../package-root.js';
import type { Prepared } from '../prepare.js';
import type { RunOptions } from '../run-options.js';
import { hearInterruption, type Interruption } from './interruption.js';
import { PartialRecording } from './partial-recording.js';
import { openLedger } from './run-ledger.js';
import { remoteSettings, secretsOf } from './settings.js';

/** What a remote run has open: its ledger, its ear for signals, and its way to the systems. */
export type Session = {
  settings: RemoteSettings;
  clock: RemoteClock;
  ledger: Ledger;
  ledgerPath: string;
  interruption: Interruption;
  stopped: () => boolean;
  standstill: { end(): void };
  redactor: Redactor;
  observer: ContractObserver;
  exchanges: RecordedExchange[];
  /** Null when nothing is recorded. */
  partial: PartialRecording | null;
  /** The systems as a plan describes them. */
  reach(plan: SyncPlan): RemoteTarget;
};

/** Opens the ledger and, for a run that is recorded, the file of what was exchanged so far; sends nothing. */
export async function openSession(prepared: Prepared, options: RunOptions): Promise<Session> {
  const { plan } = prepared.compiled;
  const settings = remoteSettings(prepared.profile, plan, {
    allowProduction: options.allowProduction,
    env: process.env,
    adapters: await loadAdapters(prepared.profile),
    runTag: null,
  });
  const redactor = new Redactor(secretsOf(settings), settings.runTag);
  const record = options.record ?? null;
  const partial = record === null ? null : new PartialRecording(record, redactor, settings.runTag);
  const ledgerPath = join(options.outDir, `ledger-${settings.runTag}.jsonl`);
  const ledger = await openLedger(ledgerPath, prepared, settings, options);
  const interruption = hearInterruption(shown(ledgerPath));
  const stopped = () => interruption.signal() !== null;
  const observer = new ContractObserver([plan.systems.a, plan.systems.b]);
  const exchanges: RecordedExchange[] = [];
  const network = networkSend(settings);
  const keep = (one: RecordedExchange) => {
    exchanges.push(one);
    partial?.add(one);
  };
  const send = partial === null ? network : recordingFetch(network, Date.now, settings.runTag, keep);
  const observed = observedFetch(send, observer, (url) => describedAt(url, settings, plan));
  const clock: RemoteClock = { now: Date.now, sleep: async (ms) => void (await sleep(ms)) };
  const standstill = watchStandstill();
  const shared = { settings, clock, stoodStill: standstill.ms, ledger, redactor, stopped };
  const made = new Set<string>();
  return {
    ...shared,
    ledgerPath,
    interruption,
    standstill,
    observer,
    exchanges,
    partial,
    reach: (reached) => remoteTarget({ ...shared, plan: reached, send: observed, ids: randomUUID, made }),
  };
}

/** The system that answers at a URL as its description says; null behind an adapter, which says otherwise. */
function describedAt(url: string, settings: RemoteSettings, plan: SyncPlan): string | null {
  const side = (['a', 'b'] as const).find((one) => url.startsWith(settings.systems[one].baseUrl));
  if (side === undefined || (settings.systems[side].adapt ?? null) !== null) return null;
  return plan.systems[side].name;
}
