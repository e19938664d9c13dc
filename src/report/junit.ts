import type { CheckRecord, RunRecord } from '../run/record.js';
import { differenceText } from './exchange-text.js';
import { groupBy } from './group.js';
import { countVerdicts, gateWords, lineWords } from './words.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const ILLEGAL_IN_XML =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * JUnit XML as the schema junit-10 of Jenkins' xUnit plugin has it: a suite per pair, a case per check; not testable
 * and waived are skipped with their reason, and counted by suite since the root knows no count of them.
 */
export function renderJunit(run: RunRecord): string {
  const titles = new Map(run.pairs.map((pair) => [pair.slug, `${pair.source} to ${pair.target}`]));
  const suites = Array.from(
    groupBy(run.checks, (check) => check.pair),
    ([pair, checks]) => suite(run, titles.get(pair) ?? pair, checks),
  );
  const { tests, failures, errors } = totals(run.checks);
  const attributes = { name: run.document.title, tests, failures, errors, time: seconds(run.durationMs) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${write(attributes)}>`,
    ...suites,
    gateSuite(run),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(run: RunRecord, name: string, checks: CheckRecord[]): string {
  const spent = checks.reduce((sum, check) => sum + check.durationMs, 0);
  const timestamp = run.startedAt.slice(0, 19);
  const attributes = { name, ...totals(checks), time: seconds(spent), timestamp, hostname: 'localhost' };
  return [`  <testsuite${write(attributes)}>`, ...checks.map(testcase), '  </testsuite>'].join('\n');
}

/** The gate as properties of a suite without cases, so that the counts stay those of the checks. */
function gateSuite(run: RunRecord): string {
  const timestamp = run.startedAt.slice(0, 19);
  const attributes = { name: 'gate', ...totals([]), time: seconds(0), timestamp, hostname: 'localhost' };
  const rules = run.gate.results.map(({ rule, passed, expected, found }): [string, string] => [
    `${passed ? 'passed' : 'not passed'}: ${rule}`,
    `expected ${expected}, found ${found}`,
  ]);
  const properties = [['gate', `${gateWords(run)}, exit code ${run.gate.exitCode}`] as const, ...rules].map(
    ([name, value]) => `      <property${write({ name, value })}/>`,
  );
  const lines = ['    <properties>', ...properties, '    </properties>'];
  return [`  <testsuite${write(attributes)}>`, ...lines, '  </testsuite>'].join('\n');
}

function totals(checks: CheckRecord[]) {
  const counts = countVerdicts(checks);
  return {
    tests: checks.length,
    failures: counts.failed,
    errors: counts.error,
    skipped: counts['not-testable'] + counts.waived,
  };
}

function testcase(check: CheckRecord): string {
  const open = `    <testcase${write({ classname: `${check.pair}.${check.form}`, name: check.id, time: seconds(check.durationMs) })}`;
  if (check.verdict === 'verified') return `${open}/>`;
  return `${open}>\n      ${outcome(check)}\n    </testcase>`;
}

function outcome(check: CheckRecord): string {
  const message = check.reason ?? check.waiver?.reason ?? check.verdict;
  if (check.verdict === 'not-testable') {
    return `<skipped${write({ message: [message, check.remedy].filter(Boolean).join(' – ') })}/>`;
  }
  if (check.verdict === 'waived') {
    const by =
      check.waiver === null
        ? ''
        : ` until ${check.waiver.expires} by ${check.waiver.owner}: ${check.waiver.reason}`;
    return `<skipped${write({ message: `Waived${by} (${message})` })}/>`;
  }
  const tag = check.verdict === 'failed' ? 'failure' : 'error';
  const type = check.verdict === 'failed' ? 'product failure' : 'harness error';
  const difference = check.evidence === null ? '' : differenceText(check.evidence.differences);
  const body = [
    check.title,
    `Sentence, ${lineWords(check)}: ${check.sentence}`,
    message,
    difference,
    check.remedy,
    check.replay,
  ];
  return `<${tag}${write({ message, type })}>${escapeXml(body.filter(Boolean).join('\n'))}</${tag}>`;
}

const seconds = (ms: number) => (ms / 1000).toFixed(3);

function write(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(ILLEGAL_IN_XML, '\uFFFD').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
