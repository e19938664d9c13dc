import type { SentenceForm } from '../../document/model.js';
import { listTable } from '../../document/testing/list-table-lines.js';
import type { CheckRecord, RunRecord, Verdict } from '../../run/record.js';
import { VERDICTS } from '../../run/record.js';
import { evaluateGate, NOTHING_ASKED } from '../gate/evaluate-gate.js';
import { checkRecord } from './check-fixture.js';
import { emptyRun } from './empty-run.js';

const HEADER = [
  '==================================',
  'Webshop to CRM Dataflow',
  '==================================',
  '',
  'Generated: 2026-11-01 08:15:00',
  '',
  'Introduction',
  '------------',
  '',
  'This document says which records of the webshop and of the CRM belong together.',
  '',
];

type Words = { entity: string; properties: [string, string, string][]; merge?: [string, string] };

const PAIRS: Words[] = [
  { entity: 'Customer', properties: [] },
  {
    entity: 'Product',
    properties: [
      ['sku', 'properties.sku', '"string"'],
      ['price', 'properties.unitPrice', '"integer"'],
      ['barcode', 'properties.barcode', '"string"'],
    ],
    merge: ['sku', 'properties.sku'],
  },
];

const FIELDS = ['email', 'phone', 'vat-number', 'date-of-birth', 'billing-city', 'tags', 'marketing-consent'];
const VALUES = ['plain', 'leading-zeros', 'emoji', 'cleared', 'long-text', 'decomposed-letters'];
const DIRECTIONS = ['webshop-to-crm', 'crm-to-webshop'];

/** A record whose document, sentences, pairs and summary fit together. */
export function runRecord(
  options: { verdictOf?: (index: number) => Verdict; perSentence?: number } = {},
): RunRecord {
  const verdictOf = options.verdictOf ?? (() => 'verified');
  const perSentence = options.perSentence ?? 14;
  const lines = [...HEADER];
  const run = emptyRun();
  let index = 0;
  const say = (pair: string, form: SentenceForm, sentence: string, many: number) => {
    lines.push(sentence, '');
    const line = lines.length - 1;
    const checks = Array.from({ length: many }, (_, at) => {
      const property = form === 'keep-in-sync' ? (FIELDS[at % FIELDS.length] ?? null) : null;
      const direction = DIRECTIONS[Math.floor(at / FIELDS.length) % 2] ?? null;
      const round = Math.floor(at / (FIELDS.length * 2));
      const value = form === 'keep-in-sync' ? (VALUES[round] ?? `case-${round}`) : null;
      return checkRecord({
        id: [pair, form, direction, property ?? `record-${at}`, value]
          .filter((part) => part !== null)
          .join('/'),
        title: `${property ?? `record ${at + 1}`} edited, ${direction ?? ''}, ${value ?? 'whole record'}`,
        pair,
        form,
        line,
        sentence,
        direction,
        property,
        value,
        origin: pair === 'customer' && property !== null ? 'profile' : 'document',
        verdict: verdictOf(index++),
      });
    });
    addSentence(run, pair, form, line, sentence, checks);
  };
  for (const words of PAIRS) {
    const slug = words.entity.toLowerCase();
    lines.push(`Webshop ${words.entity} to CRM ${words.entity}`, '-'.repeat(40));
    run.pairs.push({
      slug,
      source: `Webshop ${words.entity}`,
      target: `CRM ${words.entity}`,
      line: lines.length - 1,
      owner: slug === 'customer' ? 'mona' : null,
    });
    say(
      slug,
      'sync-every',
      `Every Webshop ${words.entity} will be synchronized with a CRM ${words.entity}.`,
      4,
    );
    if (words.merge !== undefined) {
      say(
        slug,
        'merge-on',
        `A Webshop ${words.entity} will merge with a CRM ${words.entity} if one of the following property combinations match:`,
        3,
      );
      lines.push(
        ...listTable([[`Webshop ${words.entity} Property`, `CRM ${words.entity} Property`], words.merge]),
        '',
      );
    }
    say(
      slug,
      'keep-in-sync',
      `Once a link between a Webshop ${words.entity} and a CRM ${words.entity} is established, it will keep in sync between the two systems, regardless of where it is edited.`,
      perSentence,
    );
    const propertiesLine = lines.length + 1;
    say(
      slug,
      'properties',
      `The following properties are synchronized between a Webshop ${words.entity} and a CRM ${words.entity}:`,
      0,
    );
    const tableLine = lines.length + 1;
    lines.push(
      ...listTable([
        [`Webshop ${words.entity} Property`, `CRM ${words.entity} Property`, 'CRM Data Type'],
        ...words.properties,
      ]),
      '',
    );
    if (words.properties.length === 0) {
      run.diagnostics.push({
        severity: 'warning',
        code: 'empty-property-table',
        line: tableLine,
        message: `The table of ${words.entity} properties holds only its header.`,
        remedy: 'Name the properties here, or in the profile.',
      });
    } else {
      words.properties.forEach(([source], at) =>
        addRowCheck(run, slug, propertiesLine, tableLine + 6 + at * 3, source, verdictOf(index++)),
      );
    }
  }
  run.document.text = `${lines.join('\n')}\n`;
  return settle(run);
}

function addRowCheck(
  run: RunRecord,
  pair: string,
  sentenceLine: number,
  line: number,
  property: string,
  verdict: Verdict,
): void {
  const sentence = run.sentences.find((one) => one.line === sentenceLine);
  const check = checkRecord({
    id: `${pair}/properties/webshop-to-crm/${property}`,
    title: `${property} arrives in the CRM`,
    pair,
    form: 'properties',
    line,
    sentence: sentence?.sentence ?? '',
    property,
    direction: 'webshop-to-crm',
    verdict,
  });
  run.checks.push(check);
  sentence?.checks.push(check.id);
}

function addSentence(
  run: RunRecord,
  pair: string,
  form: SentenceForm,
  line: number,
  sentence: string,
  checks: CheckRecord[],
): void {
  run.checks.push(...checks);
  run.sentences.push({
    pair,
    form,
    line,
    sentence,
    verdict: 'verified',
    checks: checks.map((one) => one.id),
    reason: null,
  });
}

/** Brings roll-ups, summary and gate in line with the checks. */
export function settle(run: RunRecord): RunRecord {
  const byId = new Map(run.checks.map((check) => [check.id, check]));
  for (const sentence of run.sentences) {
    const verdicts = sentence.checks.flatMap((id) => byId.get(id)?.verdict ?? []);
    sentence.verdict = VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'not-testable';
    if (verdicts.length === 0)
      sentence.reason =
        'The table holds only its header; the rows of the profile are checked under the sentence above';
  }
  const count = (verdict: Verdict) => run.checks.filter((check) => check.verdict === verdict).length;
  run.summary = {
    verified: count('verified'),
    failed: count('failed'),
    error: count('error'),
    waived: count('waived'),
    notTestable: count('not-testable'),
    total: run.checks.length,
  };
  run.gate = evaluateGate(run, run.asked ?? NOTHING_ASKED, new Date(run.startedAt));
  return run;
}

/** A run in which every verdict occurs. */
export function mixedRun(): RunRecord {
  const some: Partial<Record<number, Verdict>> = {
    5: 'failed',
    9: 'error',
    12: 'waived',
    15: 'not-testable',
    16: 'not-testable',
    20: 'failed',
    40: 'failed',
  };
  return runRecord({ verdictOf: (index) => some[index] ?? 'verified', perSentence: 28 });
}

/** A run of about `total` checks in two long sentences, one in fifty failed. */
export function largeRun(total: number): RunRecord {
  return runRecord({
    perSentence: Math.ceil(total / 2),
    verdictOf: (index) => (index % 50 === 7 ? 'failed' : 'verified'),
  });
}
