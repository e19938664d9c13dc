import type { Label, Parameter, Stage, StepResult, TestResult } from 'allure-js-commons';
import type { CheckRecord, PairRecord, RunRecord, Verdict } from '../../run/record.js';
import { anchorOf, historyId, resultUuid, testCaseId } from '../identity.js';
import { lineWords } from '../words.js';
import type { AllureAttachment } from './attachments.js';

type StatusText = `${NonNullable<TestResult['status']>}`;

/** Plain result files of the Allure 2 schema: its enums as the texts they stand for. */
export type ResultFile = Omit<TestResult, 'status' | 'stage' | 'steps'> & {
  status: StatusText;
  stage: `${Stage}`;
  steps: StepFile[];
};
type StepFile = Omit<StepResult, 'status' | 'stage' | 'steps'> & {
  status: StatusText;
  stage: `${Stage}`;
  steps: StepFile[];
};

const STATUS: Record<Verdict, StatusText> = {
  verified: 'passed',
  failed: 'failed',
  error: 'broken',
  'not-testable': 'skipped',
  waived: 'skipped',
};

/** One check as an Allure result; `order` keeps the document's order where Allure sorts by start time. */
export function toAllureResult(
  run: RunRecord,
  check: CheckRecord,
  pair: PairRecord | undefined,
  attachments: AllureAttachment[],
  order: number,
): ResultFile {
  const start = Date.parse(run.startedAt) + order;
  const stop = start + Math.round(check.durationMs);
  const pairTitle = pair === undefined ? check.pair : `${pair.source} ↔ ${pair.target}`;
  return {
    uuid: resultUuid(run, check),
    historyId: historyId(check),
    testCaseId: testCaseId(check),
    fullName: check.id,
    name: check.title,
    titlePath: [run.document.title, pairTitle, check.sentence],
    status: STATUS[check.verdict],
    statusDetails: statusDetails(check),
    stage: 'finished',
    start,
    stop,
    labels: labels(run, check, pair, pairTitle),
    links: [
      {
        name:
          check.document === undefined
            ? `Line ${check.line} in the document`
            : `Line ${check.line} in the reverse document`,
        url: `../dataflow.html#${anchorOf(check.id)}`,
        type: 'link',
      },
    ],
    parameters: parameters(check),
    steps: check.steps.map(toStep),
    attachments: attachments.map(({ name, type, source }) => ({ name, type, source })),
  };
}

function statusDetails(check: CheckRecord): ResultFile['statusDetails'] {
  if (check.verdict === 'verified') return {};
  const waiver =
    check.waiver === null
      ? null
      : `Waived until ${check.waiver.expires} by ${check.waiver.owner}: ${check.waiver.reason}`;
  const parts = [waiver, check.reason, check.remedy].filter((part) => part !== null && part !== '');
  const first = check.evidence?.differences[0];
  return {
    message: parts.join('\n') || `${check.verdict}: no reason was recorded`,
    trace: `Replay: ${check.replay}`,
    ...(first === undefined
      ? {}
      : { expected: JSON.stringify(first.expected, null, 2), actual: JSON.stringify(first.found, null, 2) }),
  };
}

function labels(
  run: RunRecord,
  check: CheckRecord,
  pair: PairRecord | undefined,
  pairTitle: string,
): Label[] {
  const owner = pair?.owner ?? null;
  const all: [string, string][] = [
    ['epic', run.document.title],
    ['feature', pairTitle],
    ['story', check.sentence],
    ['parentSuite', run.document.title],
    ['suite', pairTitle],
    ['subSuite', `${check.form} (${lineWords(check)})`],
    ['severity', check.severity],
    ['framework', 'syncproof'],
    ['verdict', check.verdict],
    ...(owner === null ? [] : ([['owner', owner]] satisfies [string, string][])),
    ...[check.form, `from ${check.origin}`, ...check.invariants].map((tag): [string, string] => ['tag', tag]),
  ];
  return all.map(([name, value]) => ({ name, value }));
}

function parameters(check: CheckRecord): Parameter[] {
  const all: [string, string | null][] = [
    ['direction', check.direction],
    ['property', check.property],
    ['value', check.value],
    ['origin', check.origin],
    ['policies', check.policies.length > 0 ? check.policies.join(', ') : null],
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [{ name, value, excluded: true }]));
}

function toStep(step: CheckRecord['steps'][number]): StepFile {
  return {
    name: step.text,
    status: step.status,
    statusDetails: {},
    stage: 'finished',
    steps: [],
    attachments: [],
    parameters: [],
  };
}
