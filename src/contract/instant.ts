/** A zone at the end of a written time: `Z`, `+02:00`, `+0200`, `GMT` or another abbreviation. */
const ZONE = /(?:[+-]\d{2}:?\d{2}(?:\s*\([^()]*\))?|[A-Za-z])\s*$/;
const CLOCK = /\d:\d/;

/** Epoch ms of a written time; one that names no zone is in UTC, wherever it is read. `NaN` where it is no time. */
export function instantOf(text: string): number {
  const isZoned = !CLOCK.test(text) || ZONE.test(text);
  return Date.parse(isZoned ? text : `${text.trimEnd()}Z`);
}
