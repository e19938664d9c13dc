import { standInPlan } from '../checklist/stand-ins.js';
import type { RunRequest } from '../run/run-request.js';
import type { ToldRun } from './plan-run.js';
import type { RunOptions } from './run-options.js';

/** What the workers judge on stand-ins, and the names of the systems whose own API no stand-in speaks. */
export function requestOf(
  { prepared, selected }: ToldRun,
  { seed, via, fault }: RunOptions,
  parts: number,
): { request: RunRequest; replaced: string[] } {
  const { plan, replaced } = standInPlan(prepared.compiled.plan);
  return { request: { plan, checks: selected, seed, via, fault, parts }, replaced };
}
