import type { Target, World } from '../../src/drivers/ports.js';

/** A target that writes down all that a check does with its worlds: what it makes, edits, disturbs and lets the sync do. */
export function recorded(target: Target, lines: string[]): Target {
  return {
    ...target,
    open: async (pairs, seed, settings = {}) => {
      const { tenantOf, purpose: _purpose, ...shown } = settings;
      lines.push(`open ${textOf([pairs, shown])}${tenantOf === undefined ? '' : ' of a tenant'}`);
      const world = await target.open(pairs, seed, settings);
      record(world, lines);
      return world;
    },
  };
}

const READS = new Set(['get', 'list', 'pending', 'now', 'status', 'links', 'last']);

/** How often a check looks while it waits depends on the sync, and is left out. */
function record(world: World, lines: string[]): void {
  let waiting = 0;
  const watch = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get(inner, key) {
        const value: unknown = Reflect.get(inner, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          if (waiting === 0 || !READS.has(String(key))) lines.push(`${name}.${String(key)} ${textOf(given)}`);
          if (key !== 'settle') return value.apply(inner, given) as unknown;
          waiting += 1;
          return (value.apply(inner, given) as Promise<unknown>).finally(() => {
            waiting -= 1;
          });
        };
      },
    });
  world.a = watch('a', world.a);
  world.b = watch('b', world.b);
  world.sync = watch('sync', world.sync);
  if (world.events !== undefined) world.events = watch('events', world.events);
  if (world.clock !== undefined) world.clock = watch('clock', world.clock);
  const { disturb } = world;
  if (disturb === undefined) return;
  world.disturb = (disturbance) => {
    lines.push(`disturb ${textOf([disturbance])}`);
    return disturb(disturbance);
  };
}

/** As JSON; the addresses of the systems differ from world to world. */
function textOf(given: unknown[]): string {
  const told = (_key: string, value: unknown) => (typeof value === 'function' ? '(function)' : value);
  return given.map((one) => steady(JSON.stringify(one, told) ?? 'nothing')).join(' ');
}

export function steady(text: string): string {
  return text.replaceAll(/https:\/\/[\w-]+-[ab]\d+\.test/g, 'https://system.test');
}
