import type { RunRecord } from '../../run/record.js';
import { gateWords } from '../words.js';

type CategoryRule = { name: string; labels: Record<string, string>; statuses: string[]; message?: string };

const CONTRACT_DRIFT = '[Cc]ontract drift';

const RULES: CategoryRule[] = [
  {
    name: 'Contract drift: a system no longer keeps its contract',
    labels: {},
    statuses: ['failed', 'broken', 'skipped'],
    message: CONTRACT_DRIFT,
  },
  {
    name: 'Product failures: the sync did something else',
    labels: { verdict: 'failed' },
    statuses: ['failed'],
  },
  { name: 'Harness errors: the check itself broke', labels: { verdict: 'error' }, statuses: ['broken'] },
  { name: 'Waived until a date', labels: { verdict: 'waived' }, statuses: ['skipped'] },
  { name: 'Not testable, with reason', labels: { verdict: 'not-testable' }, statuses: ['skipped'] },
];

/** `categories.json` in the results folder, for any Allure. */
export function categoriesFile(): { name: string; matchedStatuses: string[]; messageRegex?: string }[] {
  return RULES.map((rule) => ({
    name: rule.name,
    matchedStatuses: rule.statuses,
    ...messageOf(rule),
  }));
}

function messageOf(rule: CategoryRule): { messageRegex?: string } {
  if (rule.message !== undefined) return { messageRegex: `[\\s\\S]*${rule.message}[\\s\\S]*` };
  return rule.labels['verdict'] === 'waived' ? { messageRegex: 'Waived until [\\s\\S]*' } : {};
}

/** The same categories for the configuration of the generator, told apart by the verdict label. */
export function categoriesConfig(): { rules: unknown[] } {
  return {
    rules: RULES.map((rule) => ({
      name: rule.name,
      matchers: [
        {
          statuses: rule.statuses,
          labels: rule.labels,
          ...(rule.message === undefined ? {} : { message: rule.message }),
        },
      ],
      groupByMessage: true,
    })),
  };
}

/** `environment.properties`: what a reader must know to run the same again. */
export function environmentFile(run: RunRecord): string {
  const entries: [string, string][] = [
    ['document', run.document.path],
    ['document.sha256', run.document.sha256],
    ['document.generated', run.document.generated ?? 'not given'],
    ['reverse', run.reverse?.path ?? 'none'],
    ['profile', run.profile?.path ?? 'none'],
    ['target', run.target],
    ['seed', String(run.seed)],
    ['syncproof', run.tool.version],
    ['gate', `${gateWords(run)}, exit code ${run.gate.exitCode}`],
    ...run.gate.results.map(({ rule, passed, expected, found }): [string, string] => [
      `gate.${rule.replace(/[^a-z]+/gi, '-')}`,
      `${passed ? 'passed' : 'not passed'}: expected ${expected}, found ${found}`,
    ]),
  ];
  return `${entries.map(([key, value]) => `${escapeProperty(key)} = ${escapeProperty(value)}`).join('\n')}\n`;
}

function escapeProperty(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/[\r\n]+/g, ' ');
}

/** `executor.json`: the tool, so that trends are not mixed with those of other tools. */
export function executorFile(run: RunRecord): Record<string, string | number> {
  return {
    name: 'syncproof',
    type: 'syncproof',
    buildName: `${run.document.title}, ${run.startedAt}`,
    buildOrder: Math.floor(Date.parse(run.startedAt) / 1000),
    reportName: run.document.title,
  };
}
