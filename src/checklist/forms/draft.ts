import { createHash } from 'node:crypto';
import type { EntityContract, FieldSpec, Json } from '../../contract/field.js';
import { withoutConditions } from '../../contract/path.js';
import { fieldAt } from '../field-index.js';
import type { Sentence, SentenceForm } from '../../document/model.js';
import type { PlannedPair } from '../build-plan.js';
import type { Check, NotTestable } from '../check.js';
import { createsBack, type MappedRow, type Origin, type PairPlan, type SyncPlan } from '../plan.js';
import type { Side } from '../policies.js';
import { SCENARIOS, type ScenarioName } from '../scenarios.js';

/** What an emitter works with: one sentence of one pair. */
export type FormContext = {
  planned: PlannedPair;
  systems: SyncPlan['systems'];
  entity: { a: EntityContract; b: EntityContract };
  sentence: Sentence;
  /** What belongs to the systems, and not to one pair, is checked with one pair alone. */
  isFirst: boolean;
  /** Set where the sentence stands in the reverse document. */
  document?: 'reverse';
};

export type Draft = {
  scenario: ScenarioName;
  topic: string[];
  title: string;
  from?: Side;
  row?: MappedRow;
  value?: { label: string; value: Json };
  expected?: Json;
  matchKey?: string;
  origin?: Origin;
  /** That of the row or key; without one, the line of the sentence. */
  line?: number | null;
  notTestable?: NotTestable | null;
};

export const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

export function directionOf(context: FormContext, from: Side): string {
  return `${context.systems[from].key}-to-${context.systems[other(from)].key}`;
}

/** The name of an entity as QA says it: `Webshop Customer`. */
export function nameOf(context: FormContext, side: Side): string {
  return (side === 'a' ? context.planned.pair.source : context.planned.pair.target).display;
}

export const namesOf = ({ planned: { pair } }: FormContext): [a: string, b: string] => [
  pair.source.display,
  pair.target.display,
];

export function fieldOf(context: FormContext, side: Side, row: MappedRow): FieldSpec | undefined {
  const path = withoutConditions(row[side]);
  return fieldAt(context.entity[side], path);
}

/** Completes a draft to a check; ids are made of names only, never of positions. */
export function toCheck(context: FormContext, draft: Draft): Check {
  const { planned, sentence } = context;
  const { policies, invariants, needs } = listsOf(planned.plan, draft);
  const direction = draft.from === undefined ? null : directionOf(context, draft.from);
  const check: Check = {
    id: idOf(planned.plan.slug, sentence.form, direction, draft.topic),
    pair: planned.plan.slug,
    form: sentence.form,
    scenario: draft.scenario,
    title: draft.title,
    from: draft.from ?? null,
    direction,
    property: draft.row?.slug ?? null,
    value: draft.value ?? null,
    matchKey: draft.matchKey ?? null,
    origin: draft.origin ?? draft.row?.origin ?? 'document',
    line: draft.line ?? sentence.span.line,
    sentence: sentence.text,
    fingerprint: fingerprintOf(sentence.text),
    policies,
    invariants,
    needs,
    severity: planned.profile?.severity ?? SCENARIOS[draft.scenario].severity,
    notTestable: draft.notTestable ?? null,
  };
  if (draft.row?.only !== undefined || draft.row?.precedence !== undefined) check.ownRecord = true;
  if (draft.expected !== undefined) check.expected = draft.expected;
  if (context.document !== undefined) check.document = context.document;
  return check;
}

/** Put together without a list in between: a table of many rows gives hundreds of thousands of checks. */
function idOf(pair: string, form: SentenceForm, direction: string | null, topic: string[]): string {
  let id = direction === null ? `${pair}/${form}` : `${pair}/${form}/${direction}`;
  for (const part of topic) id += `/${part}`;
  return id;
}

type Lists = Pick<Check, 'policies' | 'invariants' | 'needs'>;
const lists = new WeakMap<PairPlan, Map<ScenarioName, Lists>>();

/** What a check says of its scenario; one object for all checks of a pair, which may be very many. */
function listsOf(plan: PairPlan, draft: Draft): Lists {
  const own = lists.get(plan) ?? new Map<ScenarioName, Lists>();
  lists.set(plan, own);
  const known = own.get(draft.scenario);
  if (known !== undefined) return known;
  const { policies, invariants, needs } = SCENARIOS[draft.scenario];
  const made: Lists = {
    policies: policies.map((name) => `${name}: ${String(plan.policies[name as keyof typeof plan.policies])}`),
    invariants: [...invariants],
    needs: needsLinking(plan, draft) ? [...needs, 'link-by-hand'] : [...needs],
  };
  own.set(draft.scenario, made);
  return made;
}

/**
 * Records that must be linked first, with nothing on which they match, are linked by hand; unless the reverse document
 * lets the pair begin on the other side.
 */
const needsLinking = ({ creation, match }: PairPlan, { scenario }: Draft) =>
  scenario === 'linked-by-hand' ||
  (creation.a.kind === 'linked-only' && match.length === 0 && !createsBack(creation));

const fingerprints = new Map<string, string>();

function fingerprintOf(text: string): string {
  let print = fingerprints.get(text);
  if (print === undefined) {
    print = createHash('sha256').update(text).digest('hex').slice(0, 12);
    fingerprints.set(text, print);
  }
  return print;
}

export type Emitter = (context: FormContext) => Iterable<Draft>;
export type Emitters = Record<SentenceForm, Emitter>;
