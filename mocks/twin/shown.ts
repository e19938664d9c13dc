import type { JsonObject } from '../../src/contract/field.js';
import { replyText, type Call } from './call.js';
import type { Row } from './store.js';

/** A record as its provider shows it, and the same as text. `json` goes into the journal: not to be changed. */
export type Shown = { json: JsonObject; text: string };

/** How a provider shows a record; remembered until the row has another version, since most answers repeat one. */
export function showing<Rest extends unknown[]>(
  view: (row: Row, ...rest: Rest) => JsonObject,
): (row: Row, ...rest: Rest) => Shown {
  const known = new WeakMap<Row, Shown & { version: number }>();
  return (row, ...rest) => {
    const last = known.get(row);
    if (last?.version === row.version) return last;
    const json = view(row, ...rest);
    const shown = { version: row.version, json, text: JSON.stringify(json) };
    known.set(row, shown);
    return shown;
  };
}

export const listText = (shown: Shown[]): string => `[${shown.map(({ text }) => text).join(',')}]`;

/** An answer with one record. */
export const replyShown = (call: Call, { json, text }: Shown, status = 200, headers = {}): Response =>
  replyText(call, json, text, status, headers);
