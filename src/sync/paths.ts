import type { Json, JsonObject } from '../contract/field.js';
import { isObject, same, type Cell } from './json.js';

type Step = { name: string; list: boolean };

/** Picks the list element whose `path` (relative to the element) holds `value`. */
export type Selector = { list: string; path: string; value: Json };

/** Reads and writes one path; `key` identifies it (two accessors with equal keys touch the same value). */
export type Accessor = {
  key: string;
  path: string;
  top: string;
  read(fields: JsonObject): Cell;
  readAll(fields: JsonObject): Json[];
  write(fields: JsonObject, value: Json): void;
};

const parsed = new Map<string, Step[]>();

function stepsOf(path: string): Step[] {
  let steps = parsed.get(path);
  if (steps === undefined) {
    steps = path.split('.').map((name) => {
      const list = name.endsWith('[]');
      return { name: list ? name.slice(0, -2) : name, list };
    });
    parsed.set(path, steps);
  }
  return steps;
}

/** A path as providers name it in revisions and errors: without list marks. */
export const plainPath = (path: string): string => path.replaceAll('[]', '');

function meets(element: Json, selector: Selector): boolean {
  return isObject(element) && same(readSteps(element, stepsOf(selector.path), 0, null), selector.value);
}

function readSteps(value: Cell, steps: Step[], from: number, selector: Selector | null): Cell {
  let here: Cell = value;
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index];
    if (here === undefined || here === null || step === undefined) return here;
    if (!isObject(here)) return undefined;
    const next: Cell = Object.hasOwn(here, step.name) ? here[step.name] : undefined;
    if (!step.list || !Array.isArray(next)) here = next;
    else here = (selector === null ? next[0] : next.find((element) => meets(element, selector))) ?? null;
  }
  return here;
}

function collect(value: Cell, steps: Step[], from: number, into: Json[]): void {
  const step = steps[from];
  if (value === undefined) return;
  if (step === undefined) into.push(value);
  else if (isObject(value)) {
    const next = value[step.name];
    if (step.list && Array.isArray(next)) for (const item of next) collect(item, steps, from + 1, into);
    else collect(next, steps, from + 1, into);
  }
}

function enterList(list: Json[], selector: Selector | null): JsonObject {
  const found = selector === null ? list[0] : list.find((element) => meets(element, selector));
  if (isObject(found)) return found;
  const element: JsonObject = {};
  if (selector !== null) writeSteps(element, stepsOf(selector.path), selector.value, null);
  list.push(element);
  return element;
}

function writeSteps(fields: JsonObject, steps: Step[], value: Json, selector: Selector | null): void {
  let here = fields;
  for (const [index, step] of steps.entries()) {
    const next = Object.hasOwn(here, step.name) ? here[step.name] : undefined;
    if (index === steps.length - 1 && !step.list) {
      here[step.name] = value;
      return;
    }
    if (step.list) {
      const list: Json[] = Array.isArray(next) ? next : [];
      here[step.name] = list;
      here = enterList(list, selector);
    } else if (isObject(next)) here = next;
    else {
      const made: JsonObject = {};
      here[step.name] = made;
      here = made;
    }
  }
}

/** The accessor of a path: `[]` means the first list element, or the one that the selector picks. */
export function accessor(path: string, selector: Selector | null = null): Accessor {
  const steps = stepsOf(path);
  return {
    key: selector === null ? path : `${path}?${selector.path}=${JSON.stringify(selector.value)}`,
    path,
    top: steps[0]?.name ?? path,
    read: (fields) => readSteps(fields, steps, 0, selector),
    readAll: (fields) => {
      const found: Json[] = [];
      collect(fields, steps, 0, found);
      return found;
    },
    write: (fields, value) => writeSteps(fields, steps, value, selector),
  };
}

/** Value at a dotted path of an envelope; undefined when any part is missing. */
export function dig(value: Json | undefined, path: string): Cell {
  return isObject(value) ? readSteps(value, stepsOf(path), 0, null) : undefined;
}
