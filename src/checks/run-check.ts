import type { Check, NotTestable } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { ScenarioName } from '../checklist/scenarios.js';
import {
  SystemError,
  UnsupportedHere,
  type Target,
  type World,
  type WorldSettings,
} from '../drivers/ports.js';
import type { CheckOutcome, Evidence } from '../run/record.js';
import { CheckContext } from './context.js';
import { CheckFailure, NotTestableHere } from './failure.js';
import { SCENARIO_FUNCTIONS, SCENARIO_SETTINGS } from './scenarios.js';

/** More exchanges than this are cut from the middle of the evidence. */
const MOST_EXCHANGES = 60;

type Judged = Pick<CheckOutcome, 'verdict' | 'reason' | 'remedy'>;

/** Runs one check in a world of its own. Never throws: what goes wrong is a verdict with its reason. */
export async function runCheck(
  check: Check,
  plan: SyncPlan,
  target: Target,
  seed: number,
): Promise<CheckOutcome> {
  const started = performance.now();
  const done = (judged: Judged, context: CheckContext | null, evidence: Evidence | null): CheckOutcome => ({
    ...judged,
    steps: context?.steps ?? [],
    evidence,
    durationMs: Math.round((performance.now() - started) * 100) / 100,
  });
  if (check.notTestable !== null) return done({ verdict: 'not-testable', ...check.notTestable }, null, null);
  const missing = check.needs.filter((need) => !target.capabilities.has(need));
  if (missing.length > 0) {
    const why = target.lacks?.(missing) ?? lacks(target, missing);
    return done({ verdict: 'not-testable', ...why }, null, null);
  }
  const worlds: World[] = [];
  let context: CheckContext | null = null;
  try {
    const pair = plan.pairs.find((one) => one.slug === check.pair);
    if (pair === undefined) throw new Error(`the plan holds no pair ${check.pair}`);
    const settings = SCENARIO_SETTINGS[check.scenario as ScenarioName]?.(check.from ?? 'a');
    const openWorld = async (more: WorldSettings): Promise<World> => {
      const opened = await target.open([check.pair], seed, {
        purpose: check.id,
        ...settings,
        ...more,
      });
      worlds.push(opened);
      return opened;
    };
    context = new CheckContext(check, plan, pair, await openWorld({}), seed, openWorld);
    await SCENARIO_FUNCTIONS[check.scenario as ScenarioName](context);
    return done({ verdict: 'verified', reason: null, remedy: null }, context, null);
  } catch (error) {
    const judged = judge(error, context);
    if (context !== null && judged.verdict !== 'not-testable')
      context.steps.push({ text: judged.reason ?? '', status: 'failed' });
    return done(judged, context, context === null ? null : await evidenceOf(context, error));
  } finally {
    for (const world of worlds) await world.close();
  }
}

function lacks(target: Target, missing: string[]): NotTestable {
  return {
    reason: `the target ${target.name} offers no ${missing.join(', ')}`,
    remedy: 'run this check against a target that does, such as the reference',
  };
}

function judge(error: unknown, context: CheckContext | null): Judged {
  if (error instanceof CheckFailure) {
    return {
      verdict: 'failed',
      reason: `${error.message}${lateness(context)}`,
      remedy: 'Replay the check and follow the HTTP exchange in its evidence.',
    };
  }
  if (error instanceof NotTestableHere || error instanceof UnsupportedHere)
    return { verdict: 'not-testable', reason: error.message, remedy: error.remedy };
  const message = error instanceof Error ? error.message : String(error);
  const remedy =
    error instanceof SystemError
      ? 'The system refused a call of the harness: compare its contract with the values of the profile.'
      : remedyOf(error);
  return { verdict: 'error', reason: message, remedy };
}

/** An error that says itself what to do, such as an interruption, is no defect. */
const remedyOf = (error: unknown): string =>
  error instanceof Error && 'remedy' in error && typeof error.remedy === 'string'
    ? error.remedy
    : 'This is a defect of the harness: replay the check with --debug and report it.';

/** What was waited for in vain, in words: a sync may be wrong, or only slower than it may be. */
function lateness(context: CheckContext | null): string {
  const late = context?.late;
  if (late === undefined) return '';
  return ` (not seen in time: waited ${late.waitedMs} ms, budget ${late.budgetMs} ms)`;
}

async function evidenceOf(context: CheckContext, error: unknown): Promise<Evidence> {
  const exchanges = context.world.exchanges?.() ?? context.world.journal();
  const half = MOST_EXCHANGES / 2;
  const shown =
    exchanges.length <= MOST_EXCHANGES ? exchanges : [...exchanges.slice(0, half), ...exchanges.slice(-half)];
  const read = async (side: 'a' | 'b') => {
    const id = side === 'a' ? context.subject.aId : context.subject.bId;
    if (id === undefined) return null;
    return context.world[side].get(context.pair.entity[side], id).catch(() => null);
  };
  const after = { a: await read('a'), b: await read('b') };
  return {
    exchanges: shown,
    before: context.before,
    after,
    differences: error instanceof CheckFailure ? error.differences : [],
  };
}
