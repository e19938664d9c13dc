import { readFile } from 'node:fs/promises';
import { InputError } from '../../document/input-error.js';
import { FAULTS } from '../../proof/faults/catalogue.js';
import { historyFileSchema, type HistoryFile } from '../../proof/simulation/history-file.js';
import { runHistory, type Outcome } from '../../proof/simulation/run-history.js';
import { shrinkRun, playRun, historyOf } from '../../proof/simulation/simulate.js';
import type { History } from '../../proof/simulation/step.js';
import { tellHistory } from '../../proof/simulation/tell.js';
import { EXIT } from '../exit-codes.js';
import { sceneOf, type Setting } from './setting.js';

export type Replay = { kind: 'file'; path: string } | { kind: 'run'; run: number; path: string | null };

/** Plays one history again: 0 when it passes, 1 when it fails, 3 when it tells nothing. */
export async function executeReplay(
  replay: Replay,
  setting: Setting,
  { seed, length, json }: { seed: number; length: number; json: boolean },
): Promise<number> {
  const held = replay.kind === 'file' ? await readHistoryFile(replay.path) : null;
  const own = held === null ? setting : { ...setting, policies: held.policies, fault: held.fault };
  const scene = await sceneOf(own);
  let played: { history: History; outcome: Outcome };
  if (held !== null)
    played = { history: held.history, outcome: await runHistory(held.history, scene.plan, scene.target) };
  else {
    const { run, path } = replay as Extract<Replay, { kind: 'run' }>;
    const input = { ...scene, seed, length };
    played = (path === null ? null : await shrinkRun(input, run, path)) ?? {
      history: historyOf(input, run),
      outcome: await playRun(input, run),
    };
  }
  const { history, outcome } = played;
  const told = {
    verdict: outcome.verdict,
    invariant: outcome.invariant,
    reason: outcome.reason,
    steps: tellHistory(history, scene.plan),
  };
  const text = json
    ? JSON.stringify(told, null, 2)
    : [
        ...told.steps,
        `${told.verdict}${told.invariant === null ? '' : `, ${told.invariant} is broken`}`,
        ...(told.reason === null ? [] : [`  ${told.reason}`]),
      ].join('\n');
  process.stdout.write(`${text}\n`);
  if (outcome.verdict === 'fail') return EXIT.failed;
  return outcome.verdict === 'pass' ? EXIT.ok : EXIT.notVerified;
}

/** Reads a history that was written as data. Errors: `InputError`. */
export async function readHistoryFile(path: string): Promise<HistoryFile> {
  const refuse = (found: string, expected = 'a history as syncproof simulate writes it'): never => {
    throw new InputError({
      code: 'unreadable-history',
      message: `the history ${path} cannot be played`,
      where: path,
      expected,
      found,
      remedy: 'give a file that syncproof simulate wrote, or RUN:PATH with the seed of the run',
    });
  };
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    refuse(error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message)),
  );
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse('no JSON');
  }
  const parsed = historyFileSchema.safeParse(data);
  const issue = parsed.error?.issues[0];
  if (!parsed.success) return refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  const { fault } = parsed.data;
  if (fault !== null && !FAULTS.some((one) => one.id === fault)) return refuse(`the fault ${fault}`);
  return parsed.data;
}
