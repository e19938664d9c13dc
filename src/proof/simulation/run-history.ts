import type { SyncPlan } from '../../checklist/plan.js';
import { withPageSize } from '../../drivers/page-size.js';
import { restrictPlan } from '../../drivers/restrict-plan.js';
import type { Target } from '../../drivers/ports.js';
import { Game } from './game.js';
import { judgeLogs } from './judge-logs.js';
import { play } from './play.js';
import { stabilise } from './rounds.js';
import { TROUBLES, type History, type StepKind } from './step.js';
import { Violation } from './violation.js';

/** What a played history showed. `step` is the index of the step after which the violation was seen. */
export type Outcome = {
  verdict: 'pass' | 'fail' | 'inconclusive' | 'not-applicable';
  reason: string | null;
  invariant: string | null;
  step: number | null;
  played: Map<StepKind, number>;
  met: Map<string, number>;
  operations: number;
};

/** Plays one history in a fresh world and judges it. Errors: whatever the harness itself throws. */
export async function runHistory(history: History, plan: SyncPlan, target: Target): Promise<Outcome> {
  const pageSize = history.pageSize ?? null;
  const own = withPageSize(restrictPlan(plan, history.pairs), pageSize);
  const none = notApplicable(history, own);
  if (none !== null)
    return {
      verdict: 'not-applicable',
      reason: none,
      invariant: null,
      step: null,
      played: new Map(),
      met: new Map(),
      operations: 0,
    };
  const world = await target.open(history.pairs, history.seed, {
    skewMs: history.skewMs,
    zoneMinutes: history.zoneMinutes,
    pageSize,
  });
  const game = new Game(world, own, history.skewMs, history.pairs[0] ?? '');
  let operations = 0;
  let step: number | null = null;
  try {
    for (const one of history.start) if (await playOne(game, one)) game.count(one.kind);
    for (const [index, one] of history.steps.entries()) {
      step = index;
      operations += 1;
      if (await playOne(game, one)) game.count(one.kind);
    }
    step = null;
    await stabilise(game, true);
    judgeLogs(game);
    const missing = stimulusMissing(history, game);
    return {
      verdict: missing === null ? 'pass' : 'inconclusive',
      reason: missing,
      invariant: null,
      step: null,
      played: game.played,
      met: game.met,
      operations,
    };
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return {
      verdict: 'fail',
      reason: error.message,
      invariant: error.invariant,
      step,
      played: game.played,
      met: game.met,
      operations,
    };
  } finally {
    await world.close();
  }
}

async function playOne(game: Game, step: History['steps'][number]): Promise<boolean> {
  const did = await play(game, step);
  await game.absorb();
  return did;
}

/** A focus that the policy or the document rules out. */
function notApplicable(history: History, plan: SyncPlan): string | null {
  const hasLines = plan.pairs.some((pair) => pair.rows.some((row) => row.transform.kind === 'lines'));
  if (history.focus === 'orders' && !hasLines) return 'no record of the document has lines';
  if (history.focus === 'linking' && plan.pairs.every((pair) => pair.match.length === 0))
    return 'no pair has a match key';
  return null;
}

/** What the history was about and what did not happen in it. */
function stimulusMissing(history: History, game: Game): string | null {
  const any = (...kinds: StepKind[]) => kinds.some((kind) => game.played.has(kind));
  const met = (...names: string[]) => names.some((name) => (game.met.get(name) ?? 0) > 0);
  if (game.syncWrites === 0) return 'the sync had nothing to write';
  const happened: Record<History['focus'], () => boolean> = {
    edits: () => any('edit', 'clear'),
    conflicts: () => any('edit-both'),
    events: () => any('drop', 'duplicate', 'reorder', 'redeliver', 'delay'),
    troubles: () => met(...TROUBLES),
    crashes: () => met('kill') || any('restart', 'two-workers'),
    deletions: () => any('remove'),
    linking: () => any('counterpart', 'change-key'),
    pages: () => any('page'),
    orders: () => any('line'),
    clocks: () => any('skew', 'advance'),
    mixed: () => true,
  };
  return happened[history.focus]() ? null : `nothing of its focus, ${history.focus}, happened`;
}
