import type { CheckRecord } from '../../run/record.js';
import { differenceText, exchangeText } from '../exchange-text.js';
import { testCaseId } from '../identity.js';

/** One file in the results folder; `source` is its name there. */
export type AllureAttachment = { name: string; type: string; source: string; content: string };

/** What a reader needs of a check that did not verify; a verified check has none. */
export function attachmentsOf(check: CheckRecord): AllureAttachment[] {
  const evidence = check.evidence;
  if (evidence === null || check.verdict === 'verified') return [];
  const stem = testCaseId(check);
  const all: AllureAttachment[] = [];
  const add = (name: string, extension: 'txt' | 'json', content: string) =>
    all.push({
      name,
      type: extension === 'txt' ? 'text/plain' : 'application/json',
      source: `${stem}-${all.length + 1}-attachment.${extension}`,
      content,
    });
  if (evidence.differences.length > 0) add('Difference', 'txt', differenceText(evidence.differences));
  add('Records before', 'json', pretty(evidence.before));
  add('Records after', 'json', pretty(evidence.after));
  if (evidence.exchanges.length > 0) add('HTTP exchange', 'txt', exchangeText(evidence.exchanges));
  add('Replay', 'txt', `${check.replay}\n`);
  return all;
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
