import type { RunRecord, Verdict } from '../../run/record.js';
import { groupBy } from '../group.js';
import { countVerdicts, REPORT_ORDER, totalOf, VERDICT_WORDS, type Counts } from '../words.js';
import type { Paint } from './paint.js';
import { clean, fit, pad, wrap } from './text.js';

const TOTAL = 7;
const HEADS: Record<Verdict, string> = {
  failed: 'failed',
  error: 'error',
  waived: 'waived',
  'not-testable': 'not-test',
  verified: 'verified',
};

/** One column per verdict, one row per pair, all of them numbers of checks; the total is the sum of its row. */
export function finalTable(run: RunRecord, paint: Paint, width: number): string[] {
  const columns = REPORT_ORDER.map((verdict) => HEADS[verdict].length + 2);
  const taken = columns.reduce((sum, one) => sum + one, TOTAL);
  const names = Math.max(14, Math.min(60, width - taken));
  const byPair = groupBy(run.checks, (check) => check.pair);
  const titles = new Map(run.pairs.map((pair) => [pair.slug, clean(`${pair.source} ↔ ${pair.target}`)]));
  const row = (name: string, counts: Counts) => {
    const cells = REPORT_ORDER.map((verdict, at) => {
      const cell = pad(String(counts[verdict]), columns[at] ?? 0, 'left');
      return counts[verdict] === 0 ? paint.dim(cell) : paint.verdict(verdict, cell);
    });
    return `${pad(fit(name, names), names)}${cells.join('')}${pad(String(totalOf(counts)), TOTAL, 'left')}`;
  };
  const heads = REPORT_ORDER.map((verdict, at) => pad(HEADS[verdict], columns[at] ?? 0, 'left')).join('');
  const rule = paint.dim('─'.repeat(names + taken));
  const slugs = [...new Set([...titles.keys(), ...byPair.keys()])];
  return [
    paint.dim(`${pad('checks per pair', names)}${heads}${pad('total', TOTAL, 'left')}`),
    ...slugs.map((slug) => row(titles.get(slug) ?? clean(slug), countVerdicts(byPair.get(slug) ?? []))),
    rule,
    row('all checks', countVerdicts(run.checks)),
  ];
}

/** Every rule of the gate, passed and not. */
export function gateLines(run: RunRecord, paint: Paint, width: number): string[] {
  return run.gate.results.flatMap((one) => {
    const verdict = one.passed ? 'verified' : 'failed';
    const mark = VERDICT_WORDS[verdict].mark;
    const lines = wrap(`${one.rule}: expected ${one.expected}, found ${one.found}`, width, `${mark} `);
    return lines.map((line) =>
      one.passed ? line.replace(mark, () => paint.mark(verdict)) : paint.verdict(verdict, line),
    );
  });
}
