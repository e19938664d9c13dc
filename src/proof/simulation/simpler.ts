import type { History, Step } from './step.js';

/** Histories that are simpler by one change, the boldest first. */
export function* simpler(history: History): Generator<History> {
  for (const part of ['steps', 'start'] as const)
    for (const list of without(history[part])) yield { ...history, [part]: list };
  if (history.skewMs.a !== 0 || history.skewMs.b !== 0) yield { ...history, skewMs: { a: 0, b: 0 } };
  if (history.pageSize !== undefined) yield { ...history, pageSize: undefined };
  if (history.zoneMinutes.a !== 0) yield { ...history, zoneMinutes: { a: 0, b: 0 } };
  for (const part of ['steps', 'start'] as const) {
    for (const [index, step] of history[part].entries())
      for (const plain of plainer(step)) yield { ...history, [part]: history[part].with(index, plain) };
  }
}

/** The list without ever smaller runs of its members, the later ones first. */
function* without<T>(list: T[]): Generator<T[]> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    for (let end = list.length; end > 0; end -= size)
      yield [...list.slice(0, Math.max(0, end - size)), ...list.slice(end)];
  }
}

/** A step with one of its numbers at nought. */
function* plainer(step: Step): Generator<Step> {
  for (const name of ['pick', 'row', 'value', 'gap', 'differs', 'pair'] as const) {
    const held = (step as Record<string, unknown>)[name];
    if (typeof held === 'number' && held !== 0) yield { ...step, [name]: 0 } as Step;
  }
  if (step.kind === 'trouble' && step.times > 1) yield { ...step, times: 1 };
  if ('nth' in step && step.nth > 1) yield { ...step, nth: 1 };
  if (step.kind === 'advance' && step.ms > 1) yield { ...step, ms: 1 };
}
