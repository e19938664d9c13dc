import type { SyncPlan } from '../../checklist/plan.js';
import type { Policies } from '../../checklist/policies.js';
import { createRng } from '../../contract/values.js';
import type { MakeBreakage } from '../../drivers/breakage.js';
import type { MakeTwin } from '../../drivers/twin-port.js';
import { openInProcess } from './in-process.js';
import { judgeLife } from './judge.js';
import type { Ending } from './observe.js';
import type { CrashVariant } from './record.js';
import { openServed, type ServedOptions } from './served.js';
import type { Finding } from './stage.js';

/** Lives that go on at the same time: most of each is waiting for a process. */
const SIDE_BY_SIDE = 3;

/** The end of one life: `diedAt` is null when the sync never came to the point. */
export type PointResult = { point: number; diedAt: string | null; findings: Finding[] };

/** Lives the life that nothing disturbs, which is the measure, then dies at each point; `only` is a single one. */
export async function runMatrix(
  name: string,
  plan: SyncPlan,
  makeTwin: MakeTwin,
  { only = null, breakage }: { only?: number | null; breakage?: MakeBreakage } = {},
  onPoint: (result: PointResult) => void = () => undefined,
): Promise<CrashVariant> {
  const measure = await openInProcess(plan, makeTwin, 0, breakage);
  const ending = await demandPeace(measure.stage);
  const { requests, writes, passed } = measure.points;
  const points = only === null ? Array.from({ length: passed }, (_none, index) => index + 1) : [only];
  for (const point of points) {
    const { stage, points: own } = await openInProcess(plan, makeTwin, point, breakage);
    const { findings } = await judgeLife(stage, ending);
    await stage.close();
    onPoint({ point, diedAt: own.diedAt, findings });
  }
  return { name, requests, writes, points: points.length };
}

/** As `runMatrix`, with a process that is killed with SIGKILL at `count` seeded points, or at one. */
export async function runKills(
  options: Omit<ServedOptions, 'point' | 'command'> & {
    /** The words that serve the sync on a store of its own for each life. */
    commandFor: (life: number) => ServedOptions['command'];
    seed: number;
    count: number;
    only: number | null;
  },
  onPoint: (result: PointResult) => void,
): Promise<CrashVariant> {
  const { seed, count, only, commandFor, ...rest } = options;
  let lives = 0;
  const open = (point: number) => openServed({ ...rest, point, command: commandFor((lives += 1)) });
  const measure = await open(0);
  const ending = await demandPeace(measure.stage).finally(() => measure.stage.close());
  const { requests } = measure.kills;
  const points = only === null ? draw(requests * 2, count, seed) : [only];
  const left = [...points];
  const worker = async (): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      const { stage, kills } = await open(point);
      try {
        const { findings } = await judgeLife(stage, ending);
        onPoint({ point, diedAt: kills.killedAt, findings });
      } finally {
        await stage.close();
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return { name: 'kill', requests, writes: null, points: points.length };
}

async function demandPeace(stage: Parameters<typeof judgeLife>[0]): Promise<Ending> {
  const { ending, findings } = await judgeLife(stage, null);
  if (ending !== null && findings.length === 0) return ending;
  throw new Error(
    `without any crash: ${findings.map((one) => `${one.invariant} ${one.message}`).join('; ')}`,
  );
}

/** `count` different numbers from 1 to `most`, or all of them. */
function draw(most: number, count: number, seed: number): number[] {
  const rng = createRng(seed);
  const all = Array.from({ length: most }, (_none, index) => index + 1);
  const drawn: number[] = [];
  while (drawn.length < count && all.length > 0) drawn.push(...all.splice(Math.floor(rng() * all.length), 1));
  return drawn;
}

/** The same plan under other policies. */
export const withPolicies = (plan: SyncPlan, policies: Partial<Policies>): SyncPlan => ({
  ...plan,
  pairs: plan.pairs.map((pair) => ({ ...pair, policies: { ...pair.policies, ...policies } })),
});
