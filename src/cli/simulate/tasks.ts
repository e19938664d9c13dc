import type { Outcome } from '../../proof/simulation/run-history.js';
import {
  huntFailure,
  playRun,
  shrinkRun,
  type Found,
  type SimulationInput,
} from '../../proof/simulation/simulate.js';
import { sceneOf, type Setting } from './setting.js';

type Input = { setting: Setting; seed: number; length: number };

/** Work for one thread, as plain data. */
export type Task =
  | (Input & { kind: 'play'; runs: number[] })
  | (Input & { kind: 'shrink'; run: number })
  | (Input & { kind: 'hunt'; most: number });

export type Results = {
  play: { run: number; outcome: Outcome }[];
  shrink: Found | null;
  hunt: { histories: number; invariant: string } | null;
};

/** Does a task; the same in every thread. */
export async function perform(task: Task): Promise<Results[Task['kind']]> {
  const scene = await sceneOf(task.setting);
  const input: SimulationInput = { ...scene, seed: task.seed, length: task.length };
  if (task.kind === 'shrink') return shrinkRun(input, task.run);
  if (task.kind === 'hunt') return huntFailure(input, scene.correct, task.most);
  const played: Results['play'] = [];
  for (const run of task.runs) played.push({ run, outcome: await playRun(input, run) });
  return played;
}
