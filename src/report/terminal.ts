import type { RunRecord } from '../run/record.js';
import { countVerdicts, describeCounts, gateWords, VERDICT_WORDS } from './words.js';
import { diagnostics, failures, needAction, notTestable } from './terminal/findings.js';
import { paintWith, type Paint } from './terminal/paint.js';
import { finalTable, gateLines } from './terminal/tables.js';
import { clean, fit, wrap } from './terminal/text.js';
import { resultTree } from './terminal/tree.js';

const NAMED_FIRST = 5;

/**
 * The summary of a run for a terminal or a CI log. Lines keep to `width` columns, except replay lines, which stay
 * whole to be copied. What failed comes first and last.
 */
export function renderSummary(run: RunRecord, options: { color: boolean; width: number }): string {
  const width = Math.max(60, options.width);
  const paint = paintWith(options.color);
  const blocks: [title: string, lines: string[]][] = [
    ['', firstWords(run, paint, width)],
    ['', resultTree(run, paint, width)],
    ['Findings in the input', diagnostics(run, paint, width)],
    ['Not testable', notTestable(run, paint, width)],
    ['What failed', failures(run, paint, width)],
    ['Result', finalTable(run, paint, width)],
    ['Gate', gateLines(run, paint, width)],
    ['', lastWords(run, paint, width)],
  ];
  const written = blocks.filter(([, lines]) => lines.length > 0);
  const texts = written.map(([title, lines]) =>
    [...(title === '' ? [] : [paint.bold(title)]), ...lines].join('\n').trimEnd(),
  );
  return `${texts.join('\n\n')}\n`;
}

function firstWords(run: RunRecord, paint: Paint, width: number): string[] {
  const bad = needAction(run);
  const named = bad.slice(0, NAMED_FIRST).map((check) => {
    const text = fit(clean(`${VERDICT_WORDS[check.verdict].mark} ${check.id}`), width);
    return paint.verdict(check.verdict, text);
  });
  const more = bad.length > NAMED_FIRST ? [paint.dim(`  and ${bad.length - NAMED_FIRST} more`)] : [];
  const title = paint.bold(fit(clean(run.document.title), width));
  const facts = paint.dim(fit(clean(`${run.document.path} · ${run.target} · seed ${run.seed}`), width));
  const { latency, profile } = run;
  const by = paint.dim(fit(clean(profile === null ? 'no profile' : `profile ${profile.path}`), width));
  const speed =
    latency === undefined
      ? []
      : [
          paint.dim(
            fit(
              `${latency.changes} changes: median ${latency.medianMs} ms, 95% ${latency.p95Ms} ms, worst ${latency.worstMs} ms`,
              width,
            ),
          ),
        ];
  return [...named, ...more, ...(bad.length > 0 ? [''] : []), title, facts, by, ...speed];
}

function lastWords(run: RunRecord, paint: Paint, width: number): string[] {
  const counts = describeCounts(countVerdicts(run.checks));
  const { passed } = run.gate;
  const took = `${(run.durationMs / 1000).toFixed(1)} s`;
  const text = `${passed ? '✓' : '✗'} ${gateWords(run)} in ${took}: ${counts}`;
  const lines = wrap(text, width, '', '  ');
  return lines.map((line) => paint.bold(paint.verdict(passed ? 'verified' : 'failed', line)));
}
