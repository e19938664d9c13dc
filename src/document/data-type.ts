import { unwrap } from './inline.js';
import type { DataType } from './model.js';

const PLAIN = ['string', 'integer', 'float', 'boolean', 'decimal', 'list'] as const;

/** A quoted text, a whole number or a bare word; brackets, commas and blanks only separate. */
const TOKEN = /"([^"]*)"|(-?\d+|[A-Za-z][\w-]*)|[[\],\s]/y;

/** A hole in a template: any one token. */
const ANY = Symbol('any token');
type Template = { tokens: (string | typeof ANY)[]; build: (holes: string[]) => DataType | null };

/** The transforms that are understood, token by token; one that is longer or shorter is another transform. */
const TEMPLATES: Template[] = [
  {
    tokens: ['datetime-format', ANY, '_.'],
    build: ([format = '']) => (format.includes('%') ? { kind: 'datetime-format', format } : null),
  },
  {
    tokens: ['replace', ANY, ANY, 'string'],
    build: ([from = '', to = '']) => (from === '' ? null : { kind: 'replace', from, to }),
  },
  {
    tokens: ['if', 'neq', '_.', ANY, 'integer', 'string'],
    build: ([literal = '']) => ({ kind: 'if-not-equal', literal, otherwise: 'string' }),
  },
  {
    tokens: ['if', 'is-decimal', 'decimal', 'integer'],
    build: () => ({ kind: 'if-is-decimal', otherwise: 'integer' }),
  },
  {
    tokens: ['if', 'is-decimal', 'decimal', 'string'],
    build: () => ({ kind: 'if-is-decimal', otherwise: 'string' }),
  },
  {
    tokens: ['if', 'or', 'is-empty', '_.', 'eq', '', '_.', ANY, '_.'],
    build: ([placeholder = '']) => ({ kind: 'if-empty', placeholder }),
  },
  {
    tokens: ['if', 'matches', ANY, '_.', 'join', ANY, 'slice', '1', 'split', ANY, '_.', '_.'],
    build: ([pattern = '', joined = '', separator = '']) =>
      joined === separator && separator !== '' ? { kind: 'strip-first-word-if', pattern, separator } : null,
  },
];

/** Parses a data type cell; what is not understood is kept verbatim as `unknown`. */
export function parseDataType(cell: string): DataType {
  const raw = cell.trim();
  if (raw === '' || raw === 'N/A') return { kind: 'untyped', raw };
  const tokens = tokenize(unwrap(raw));
  if (tokens === null) return { kind: 'unknown', raw };
  const words = tokens.join().toLowerCase();
  const plain = PLAIN.find((kind) => kind === words);
  if (plain !== undefined) return { kind: plain };
  return matchTemplate(tokens) ?? { kind: 'unknown', raw };
}

/** The tokens of a fragment, or null when it holds a character that belongs to none. */
function tokenize(text: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const token = match[1] ?? match[2];
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function matchTemplate(tokens: string[]): DataType | null {
  for (const { tokens: expected, build } of TEMPLATES) {
    if (expected.length !== tokens.length) continue;
    if (!expected.every((token, index) => token === ANY || token === tokens[index])) continue;
    return build(tokens.filter((_token, index) => expected[index] === ANY));
  }
  return null;
}
