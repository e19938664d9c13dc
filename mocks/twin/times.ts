import { Refusal } from './call.js';

/** Time stands still for many calls of a virtual clock. */
let last = { at: Number.NaN, zoneMinutes: 0, text: '' };

/** ISO 8601 with milliseconds and the given zone, minutes east of UTC. */
export function isoTime(at: number, zoneMinutes: number): string {
  if (last.at !== at || last.zoneMinutes !== zoneMinutes)
    last = { at, zoneMinutes, text: renderIso(at, zoneMinutes) };
  return last.text;
}

function renderIso(at: number, zoneMinutes: number): string {
  const local = new Date(at + zoneMinutes * 60_000).toISOString().slice(0, -1);
  if (zoneMinutes === 0) return `${local}Z`;
  const sign = zoneMinutes < 0 ? '-' : '+';
  const size = Math.abs(zoneMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** An instant of a query parameter; a zone is required, since a local time would mean another instant elsewhere. */
export function parseInstant(text: string | null, param: string): number | null {
  if (text === null) return null;
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = Date.parse(text);
  if (zoned && !Number.isNaN(at)) return at;
  throw new Refusal(400, 'bad_parameter', `${param} must be an instant in ISO 8601 with zone`);
}
