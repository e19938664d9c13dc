import type { Running } from './processes.js';

const began = Date.now();

/** One line about what is done now, with the seconds since the start: installing and starting take minutes. */
export function tell(what: string): void {
  process.stderr.write(`${Math.round((Date.now() - began) / 1000)} s: ${what}\n`);
}

/** Stops what was started, last first, also what is started meanwhile. */
export async function stopAll(started: Running[]): Promise<void> {
  tell('stopping');
  for (let one = started.pop(); one !== undefined; one = started.pop()) await one.stop();
  tell('all is stopped');
}
