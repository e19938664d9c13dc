import type { StringFormat } from './field.js';

/** Forms that a provider enforces; the others only shape samples. */
export const PATTERNS: Partial<Record<StringFormat, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  phone: /^\+?[0-9][0-9 ()./-]*(?: ?(?:ext\.|x) ?[0-9]{1,6})?$/,
  country: /^[A-Z]{2}$/,
  currency: /^[A-Z]{3}$/,
  url: /^https?:\/\/\S+$/,
  barcode: /^[0-9]+$/,
};

export const DAY_MS = 86_400_000;

/** Length in code points, as users count. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

export const decimalOf = (scale: number): RegExp =>
  new RegExp(String.raw`^-?(?:0|[1-9]\d{0,14})\.\d{${scale}}$`);

/** The expression that a text must meet: a field's own, or that of its format. */
export function expressionOf(format: StringFormat | undefined, pattern: string | undefined): RegExp | null {
  if (pattern !== undefined) return new RegExp(pattern, 'u');
  return (format === undefined ? undefined : PATTERNS[format]) ?? null;
}
