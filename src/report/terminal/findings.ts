import type { CheckRecord, RunRecord } from '../../run/record.js';
import { differenceLine, headline } from '../exchange-text.js';
import { groupBy } from '../group.js';
import { lineWords, plural } from '../words.js';
import type { Paint } from './paint.js';
import { clean, fit, wrap } from './text.js';

const DETAILED = 20;
const DIFFERENCES = 5;
const EXAMPLES = 3;

/** Failed and broken checks, worst knowledge first: what, expected, found, replay. */
export function failures(run: RunRecord, paint: Paint, width: number): string[] {
  const bad = needAction(run);
  const lines = bad.slice(0, DETAILED).flatMap((check) => failure(check, paint, width));
  if (bad.length > DETAILED) lines.push(`and ${bad.length - DETAILED} more, in dataflow.html`, '');
  return lines;
}

/** Checks that failed, then those that broke. */
export function needAction(run: RunRecord): CheckRecord[] {
  return (['failed', 'error'] as const).flatMap((verdict) =>
    run.checks.filter((one) => one.verdict === verdict),
  );
}

function failure(check: CheckRecord, paint: Paint, width: number): string[] {
  const [head = '', ...rest] = wrap(`${check.title} (${lineWords(check)})`, width, '  ');
  const differences = check.evidence?.differences ?? [];
  const reason = headline(check);
  const told = [
    reason,
    ...differences.filter((one) => !reason.includes(one.path)).map(differenceLine),
  ].filter(Boolean);
  const more = told.length > DIFFERENCES ? [`    and ${told.length - DIFFERENCES} more differences`] : [];
  const step = check.steps.find((one) => one.status === 'failed');
  return [
    `${paint.mark(check.verdict)}${paint.bold(head.slice(1))}`,
    ...rest.map((line) => paint.bold(line)),
    ...(step === undefined || step.text === reason ? [] : wrap(step.text, width, '    ')),
    ...told
      .slice(0, DIFFERENCES)
      .flatMap((line) => wrap(line, width, '    '))
      .map((line) => paint.verdict(check.verdict, line)),
    ...more,
    ...(check.remedy === null ? [] : wrap(check.remedy, width, '    → ')),
    `    ${paint.dim(clean(check.replay))}`,
    '',
  ];
}

/** Checks that could not be made, by reason, with what would make them possible. */
export function notTestable(run: RunRecord, paint: Paint, width: number): string[] {
  const open = run.checks.filter((check) => check.verdict === 'not-testable');
  const groups = groupBy(open, (check) => JSON.stringify([check.reason, check.remedy]));
  return Array.from(groups.values()).flatMap((checks) => {
    const first = checks[0];
    const lines = [...new Set(checks.map((check) => check.line))].toSorted((x, y) => x - y);
    const where =
      lines.length > EXAMPLES
        ? `lines ${lines.slice(0, EXAMPLES).join(', ')}, …`
        : `line ${lines.join(', ')}`;
    return [
      ...wrap(
        `${plural(checks.length, 'check')}, ${where}: ${first?.reason ?? 'no reason recorded'}`,
        width,
        '– ',
      ).map((line) => paint.verdict('not-testable', line)),
      ...(first?.remedy ? wrap(first.remedy, width, '  → ') : []),
    ];
  });
}

/** The end of a place, which says the line, where the whole does not fit. */
const tail = (place: string, width: number) =>
  place.length <= width ? place : `…${place.slice(-Math.max(1, width - 1))}`;

/** Findings in the input files with line and remedy. */
export function diagnostics(run: RunRecord, paint: Paint, width: number): string[] {
  return run.diagnostics.flatMap((one) => {
    const place = `${one.path ?? run.document.path}:${one.line}`;
    const what = `${clean(`${one.severity} ${one.code}`)} `;
    const level = one.severity === 'error' ? 'failed' : one.severity === 'warning' ? 'error' : 'not-testable';
    return [
      paint.verdict(level, fit(`${what}${tail(clean(place), width - what.length)}`, width)),
      ...wrap(one.message, width, '  '),
      ...wrap(one.remedy, width, '  → '),
    ];
  });
}
