import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../../src/checklist/check.js';
import type { CompiledChecklist } from '../../src/checklist/compile.js';
import { bundleChecks, type Bundle } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { packageRoot } from '../../src/cli/package-root.js';
import type { Target } from '../../src/drivers/ports.js';
import type { CheckOutcome } from '../../src/run/record.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { CRUDE_DEFECTS } from './crude-defects.js';
import { keptSuites } from './kept-suites.js';
import { LESSER_WORLDS } from './lesser-worlds.js';
import { recorded, steady } from './recorded.js';

/** What one bundle of checks does, or how it judges, as text. */
export type Judgement = { key: string; text: () => Promise<string> };
export type JudgementFile = { name: string; judgements: Judgement[] };

const FOLDER = join(packageRoot(), 'fixtures', 'golden', 'judgements');
export const pathOf = (name: string) => join(FOLDER, `${name}.txt`);

/**
 * For each scenario and kind of property of some documents: the deeds of its check with the correct sync, and its
 * verdict on crude defects and in lesser worlds.
 */
export async function keptJudgements(): Promise<JudgementFile[]> {
  const seen = new Set<string>();
  const files: JudgementFile[] = [];
  for (const [name, compiled] of await keptSuites()) {
    const bundles = bundleChecks(compiled.checks).filter((bundle) => isNews(bundle, compiled, name, seen));
    files.push({ name, judgements: bundles.flatMap((bundle) => judgementsOf(bundle, compiled)) });
  }
  return files;
}

function isNews(bundle: Bundle, { plan }: CompiledChecklist, name: string, seen: Set<string>): boolean {
  const [check] = bundle.checks;
  if (check === undefined || bundle.checks.every((one) => one.notTestable !== null)) return false;
  const pair = plan.pairs.find((one) => one.slug === check.pair);
  const row = pair?.rows.find((one) => one.slug === check.property);
  const label = check.value?.label.split(' ')[0];
  const key = [
    check.scenario,
    check.from,
    row?.transform.kind,
    bundle.kind === 'solo' ? label : `${name} ${check.pair}`,
  ].join(' ');
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function judgementsOf(bundle: Bundle, { plan }: CompiledChecklist): Judgement[] {
  const run = (target: Target) => runBundle(bundle, plan, target, (key) => checkSeed(1, key));
  const judged = (how: string, target: Target): Judgement => ({
    key: `${bundle.key}: ${how}`,
    text: async () => {
      const outcomes = await run(target);
      return steady(bundle.checks.map((check) => judgementLine(check, outcomes.get(check.id))).join('\n'));
    },
  });
  return [
    {
      key: `${bundle.key}: what it does`,
      text: async () => {
        const deeds: string[] = [];
        const outcomes = await run(recorded(referenceTarget(plan, 'direct'), deeds));
        const judgements = bundle.checks.map((check) => judgementLine(check, outcomes.get(check.id), true));
        return steady([...deeds, ...judgements].join('\n'));
      },
    },
    ...Object.entries(CRUDE_DEFECTS).map(([what, make]) =>
      judged(`a sync that ${what}`, referenceTarget(plan, 'direct', { breakage: make })),
    ),
    ...Object.entries(LESSER_WORLDS).map(([what, lessen]) =>
      judged(`in a world with ${what}`, lessen(referenceTarget(plan, 'direct'))),
    ),
  ];
}

function judgementLine(check: Check, outcome: CheckOutcome | undefined, withSteps = false): string {
  if (outcome === undefined) return `${check.id} was not judged`;
  const { verdict, reason, evidence, steps } = outcome;
  const differences = evidence?.differences ?? [];
  return [
    `${check.id} ${verdict}${reason === null ? '' : `: ${reason}`}`,
    ...(withSteps ? steps.map((step) => `  ${step.text}`) : []),
    ...differences.map((one) => `  ${JSON.stringify(one)}`),
  ].join('\n');
}

/** A judgement as one line: its verdicts and what tells two texts apart; the text itself would be megabytes. */
export function shorten(text: string): string {
  const verdicts = new Set(text.match(/(?<=^\S+ )(?:verified|failed|error|not-testable)\b/gm));
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${digest} ${[...verdicts].toSorted().join(', ')}`;
}

/** The kept lines of a file, by key. */
export function readKept(name: string): Map<string, string> {
  const lines = readFileSync(pathOf(name), 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' | ');
      return [line.slice(0, at), line.slice(at + 3)];
    }),
  );
}

export async function renderKept({ judgements }: JudgementFile): Promise<string> {
  let lines = '';
  for (const { key, text } of judgements) lines += `${key} | ${shorten(await text())}\n`;
  return lines;
}
