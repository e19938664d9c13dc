import type { TimeFormat } from '../api-description.js';
import type { Json } from '../field.js';
import { instantOf } from '../instant.js';

/** A moment (epoch ms) as an API takes it in a query. */
export function renderTime(at: number, format: TimeFormat): string {
  if (format === 'iso') return new Date(at).toISOString();
  return String(format === 'epoch-s' ? Math.floor(at / 1000) : at);
}

/** The last moment that a date can be. */
const LAST_MS = 8_640_000_000_000_000;

/** A time of an answer in epoch ms, in UTC where it names no zone; null where it holds none. */
export function readTime(value: Json | undefined, format: TimeFormat): number | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const isNumber = typeof value === 'number' || (format !== 'iso' && /^\d+$/.test(String(value)));
  const at = isNumber ? Number(value) * (format === 'epoch-s' ? 1000 : 1) : instantOf(String(value));
  return Math.abs(at) <= LAST_MS ? at : null;
}
