import type { CheckRecord, RunRecord } from '../run/record.js';
import { headline } from './exchange-text.js';
import { groupBy } from './group.js';
import {
  lineWords,
  countVerdicts,
  cut,
  gateWords,
  plural,
  REPORT_ORDER,
  totalOf,
  VERDICT_WORDS,
  type Counts,
} from './words.js';

const SHOWN = 10;

/** `checklist.md`: counts per pair, what failed with its replay line, and the gate; short whatever the run. */
export function renderMarkdown(run: RunRecord): string {
  const { gate } = run;
  const outcome = `${gate.passed ? '✅' : '❌'} ${gateWords(run)}`;
  return [
    `## ${inline(run.document.title)}`,
    `**${outcome}** · ${inline(run.target)} · seed ${run.seed} · ${(run.durationMs / 1000).toFixed(1)} s`,
    ...action(run, 'failed', 'Failed'),
    ...action(run, 'error', 'Harness errors'),
    ...pairTable(run),
    ...notTestable(run),
    ...gateLines(run),
    '',
  ].join('\n\n');
}

function action(run: RunRecord, verdict: CheckRecord['verdict'], title: string): string[] {
  const checks = run.checks.filter((check) => check.verdict === verdict);
  if (checks.length === 0) return [];
  const items = checks
    .slice(0, SHOWN)
    .map((check) =>
      [
        `- **${inline(check.title, 160)}** (${lineWords(check)})`,
        `  ${inline(headline(check), 240)}`,
        `  ${code(check.replay)}`,
      ].join('<br>\n'),
    );
  const more = checks.length > SHOWN ? [`- and ${checks.length - SHOWN} more, in \`dataflow.html\``] : [];
  return [`### ${title}`, [...items, ...more].join('\n')];
}

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
const cellsOf = (counts: Counts) => [...REPORT_ORDER.map((verdict) => counts[verdict]), totalOf(counts)];

function pairTable(run: RunRecord): string[] {
  const byPair = groupBy(run.checks, (check) => check.pair);
  const titles = new Map(run.pairs.map((pair) => [pair.slug, `${pair.source} ↔ ${pair.target}`]));
  const rows = [...new Set([...titles.keys(), ...byPair.keys()])].map((slug) => {
    const counts = countVerdicts(byPair.get(slug) ?? []);
    return row([inline(titles.get(slug) ?? slug, 120), ...cellsOf(counts)]);
  });
  const all = countVerdicts(run.checks);
  return [
    [
      row(['Pair (checks)', ...REPORT_ORDER.map((verdict) => VERDICT_WORDS[verdict].label), 'total']),
      row(['---', ...REPORT_ORDER.map(() => '---:'), '---:']),
      ...rows,
      row(['**Total**', ...cellsOf(all)]),
    ].join('\n'),
  ];
}

function notTestable(run: RunRecord): string[] {
  const open = run.checks.filter((check) => check.verdict === 'not-testable');
  if (open.length === 0) return [];
  const groups = Array.from(groupBy(open, (check) => `${check.reason ?? ''} – ${check.remedy ?? ''}`));
  const lines = groups
    .slice(0, SHOWN)
    .map(([why, checks]) => `- ${plural(checks.length, 'check')}: ${inline(why, 240)}`);
  return ['### Not testable', lines.join('\n')];
}

function gateLines(run: RunRecord): string[] {
  const lines = run.gate.results.map(
    (one) =>
      `- ${one.passed ? '✓' : '✗'} ${inline(one.rule)}: expected ${inline(one.expected)}, found ${inline(one.found, 240)}`,
  );
  return ['### Gate', lines.join('\n')];
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').replace(CONTROL, '\uFFFD').trim();

/** Text that Markdown and the HTML in it read as text. */
function inline(text: string, limit = 200): string {
  return cut(oneLine(text), limit)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|#~!>]/g, String.raw`\$&`)
    .replaceAll('@', '@\u2060');
}

function code(text: string): string {
  const flat = cut(oneLine(text), 400);
  const longest = Math.max(0, ...Array.from(flat.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}
