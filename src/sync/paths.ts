import type { Json, JsonObject } from '../contract/field.js';
import { isObject, type Cell } from './json.js';

type Step = { name: string; list: boolean; selectors: Selector[] };

/** Picks the list element whose `path` (relative to the element) holds `value` as text. */
type Selector = { path: string; value: string };

/** Reads and writes one path. */
export type Accessor = {
  path: string;
  top: string;
  read(fields: JsonObject): Cell;
  write(fields: JsonObject, value: Json): void;
};

/** `list[path=value&path=value].name`; dots inside the brackets belong to the condition. */
function parse(path: string): Step[] {
  const steps: Step[] = [];
  for (const [, name = '', mark, inner = ''] of path.matchAll(/([^.[]+)(\[([^\]]*)\])?/g)) {
    const selectors = inner.split('&').flatMap((text): Selector[] => {
      const [head = '', ...tail] = text.split('=');
      return tail.length === 0 ? [] : [{ path: head, value: tail.join('=') }];
    });
    steps.push({ name, list: mark !== undefined, selectors });
  }
  return steps;
}

/** A path as contracts name it: without conditions on list elements. */
export const fieldPathOf = (path: string): string => path.replaceAll(/\[[^\]]+\]/g, '[]');

/** A path as providers name it in revisions and errors: without list marks. */
export const plainPath = (path: string): string => fieldPathOf(path).replaceAll('[]', '');

function meets(element: Json, selectors: Selector[]): boolean {
  return selectors.every(
    ({ path, value }) => isObject(element) && holds(accessor(path).read(element), value),
  );
}

/** Whether a cell holds a value that a document names as text. */
export const holds = (cell: Cell, value: string): boolean =>
  cell !== undefined && cell !== null && String(cell) === value;

/** A member that was given, which those of every object (`constructor`) are not. */
const memberOf = (value: JsonObject, name: string): Cell =>
  Object.hasOwn(value, name) ? value[name] : undefined;

function readSteps(fields: JsonObject, steps: Step[]): Cell {
  let here: Cell = fields;
  for (const step of steps) {
    if (here === null) return null;
    if (!isObject(here)) return undefined;
    const next = memberOf(here, step.name);
    if (!step.list || !Array.isArray(next)) here = next;
    else here = next.find((element) => meets(element, step.selectors)) ?? null;
  }
  return here;
}

function enterList(list: Json[], selectors: Selector[]): JsonObject {
  const found = list.find((element) => meets(element, selectors));
  if (isObject(found)) return found;
  const element: JsonObject = {};
  for (const { path, value } of selectors) accessor(path).write(element, value);
  list.push(element);
  return element;
}

function writeSteps(fields: JsonObject, steps: Step[], value: Json): void {
  let here = fields;
  for (const [index, step] of steps.entries()) {
    const next = memberOf(here, step.name);
    if (index === steps.length - 1 && !step.list) {
      here[step.name] = value;
      return;
    }
    if (step.list) {
      const list: Json[] = Array.isArray(next) ? next : [];
      here[step.name] = list;
      here = enterList(list, step.selectors);
    } else if (isObject(next)) here = next;
    else {
      const made: JsonObject = {};
      here[step.name] = made;
      here = made;
    }
  }
}

/** The accessor of a path: `[]` means the first list element, `[path=value]` the one that meets the condition. */
export function accessor(path: string): Accessor {
  let known = accessors.get(path);
  if (known === undefined) {
    known = makeAccessor(path);
    accessors.set(path, known);
  }
  return known;
}

const accessors = new Map<string, Accessor>();

function makeAccessor(path: string): Accessor {
  const steps = parse(path);
  return {
    path,
    top: steps[0]?.name ?? path,
    read: (fields) => readSteps(fields, steps),
    write: (fields, value) => writeSteps(fields, steps, value),
  };
}

/** Whether an answer lacks a property; of one inside a list only the list must be there. */
export function lacks(path: string, fields: JsonObject): boolean {
  const [upToList = path] = path.split('[');
  return accessor(upToList).read(fields) === undefined;
}

/** Value at a dotted path of an envelope; undefined when any part is missing. */
export function dig(value: Json | undefined, path: string): Cell {
  return isObject(value) ? accessor(path).read(value) : undefined;
}
