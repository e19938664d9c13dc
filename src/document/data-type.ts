import type { DataType } from './model.js';

const PLAIN = new Set(['string', 'integer', 'float', 'boolean', 'decimal', 'list']);

/** The words of a fragment in order; brackets and commas only separate, so unbalanced ones do no harm. */
function words(cell: string): string[] {
  return Array.from(cell.matchAll(/"([^"]*)"|(-?\d+)/g), (match) => match[1] ?? match[2] ?? '');
}

/** Parses a data type cell; what is not understood is kept verbatim as `unknown`. */
export function parseDataType(cell: string): DataType {
  const raw = cell.trim();
  if (raw === '' || raw === 'N/A') return { kind: 'untyped', raw };
  const [first = '', ...rest] = words(raw);
  const kind = first.toLowerCase();
  if (rest.length === 0 && PLAIN.has(kind)) return { kind } as DataType;
  return parseFragment(kind, rest) ?? { kind: 'unknown', raw };
}

function parseFragment(head: string, rest: string[]): DataType | null {
  const [one = '', two = ''] = rest;
  if (head === 'datetime-format' && one.includes('%')) return { kind: 'datetime-format', format: one };
  if (head === 'replace' && one !== '') return { kind: 'replace', from: one, to: two };
  if (head !== 'if') return null;
  return parseCondition(rest.join('\u0000').split('\u0000'));
}

function parseCondition(rest: string[]): DataType | null {
  const plain = rest.filter((word) => word !== '_.');
  const [test, second, third, fourth] = plain;
  if (test === 'neq' && third === 'integer' && fourth === 'string') {
    return { kind: 'if-not-equal', literal: second ?? '', otherwise: 'string' };
  }
  if (test === 'is-decimal' && second === 'decimal' && (third === 'integer' || third === 'string')) {
    return { kind: 'if-is-decimal', otherwise: third };
  }
  if (test === 'or' && second === 'is-empty' && third === 'eq' && fourth === '' && plain.length === 5) {
    return { kind: 'if-empty', placeholder: plain[4] ?? '' };
  }
  const tail = plain.slice(2).join(' ');
  if (test === 'matches' && plain[2] === 'join' && tail === `join ${plain[3]} slice 1 split ${plain[6]}`) {
    return { kind: 'strip-first-word-if', pattern: second ?? '', separator: plain[3] ?? ' ' };
  }
  return null;
}
