import type { Exchange } from '../drivers/ports.js';
import type { CheckRecord, Difference } from '../run/record.js';
import { showValue } from './words.js';

/** The ordered HTTP exchange as a person reads it: one call after the other, bodies indented. */
export function exchangeText(exchanges: Exchange[]): string {
  return exchanges.map(oneCall).join('\n');
}

function oneCall(call: Exchange): string {
  const head = `#${call.seq}  ${call.caller} → ${call.system}  ${call.method} ${call.url}  ⇒ ${call.status}`;
  const lines = [head];
  if (call.requestBody !== null) lines.push(indent('sent', call.requestBody));
  if (call.responseBody !== null) lines.push(indent('got', call.responseBody));
  if (call.mutation !== null) {
    const { kind, entity, id } = call.mutation;
    lines.push(`    ${kind}d ${entity} ${id}`);
  }
  return `${lines.join('\n')}\n`;
}

function indent(word: string, body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body, null, 2) ?? '');
  return `    ${word} ${text.replaceAll('\n', '\n    ')}`;
}

/** `email: expected "a@b", found null`, one difference a line. */
export function differenceText(differences: Difference[]): string {
  return differences.map(differenceLine).join('\n');
}

/** One difference on one line. */
export function differenceLine(difference: Difference): string {
  const { path, expected, found } = difference;
  return `${path || 'record'}: expected ${showValue(expected)}, found ${showValue(found)}`;
}

/** First line of what went wrong, for lists. */
export function headline(check: CheckRecord): string {
  return (check.reason ?? check.waiver?.reason ?? '').split('\n')[0] ?? '';
}
