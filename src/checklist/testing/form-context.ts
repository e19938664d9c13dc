import type { EntityContract, FieldSpec, FieldType } from '../../contract/field.js';
import { readDocument } from '../../document/read.js';
import { buildPlan, type PlannedPair } from '../build-plan.js';
import type { Draft, FormContext } from '../forms/draft.js';
import type { MappedRow, MatchKey, PairPlan } from '../plan.js';
import { EVERY, section } from './init-profile.js';

const TEXT: FieldType = { kind: 'string', maxLength: 40 };
export const field = (path: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  path,
  type: TEXT,
  ...more,
});
/** A row of the profile; its slug is the name of its property on side a. */
export const row = (a: string, b: string, more: Partial<MappedRow> = {}): MappedRow => ({
  slug: a,
  a,
  b,
  transform: { kind: 'identity' },
  direction: 'both',
  examples: [],
  origin: 'profile',
  line: null,
  ...more,
});
/** A key of the document whose parts are pairs of properties. */
export const key = (...parts: [a: string, b: string][]): MatchKey => ({
  slug: parts.map(([a]) => a).join('-'),
  parts: parts.map(([a, b]) => ({ a, b, normalise: 'none' })),
  line: 7,
  origin: 'document',
});

type Given = Omit<Partial<FormContext>, 'planned' | 'entity'> & {
  plan?: Partial<PairPlan>;
  planned?: Partial<PlannedPair>;
  a?: FieldSpec[];
  b?: FieldSpec[];
};

/** What an emitter is given for `Every Desk Client will be synchronized with a Book Account.`, with parts of its own. */
export function formContext({ plan, planned, a, b, ...more }: Given = {}): FormContext {
  const lines = ['Desk to Book Dataflow', '='.repeat(21), '', ...section('Client', 'Account', EVERY)];
  const document = readDocument(lines.join('\n'), 'd.rst');
  const built = buildPlan({ document, reverse: null, profile: null, contracts: {} });
  const [pair] = built.pairs;
  const [sentence] = pair?.pair.sentences ?? [];
  if (pair === undefined || sentence === undefined) throw new Error('there is no sentence');
  const entity = (name: string, fields: FieldSpec[] = []): EntityContract => ({
    name,
    collection: name.toLowerCase(),
    idKind: 'string',
    fields,
  });
  return {
    planned: { ...pair, ...planned, plan: { ...pair.plan, ...plan } },
    systems: built.plan.systems,
    entity: { a: entity('Client', a), b: entity('Account', b) },
    sentence,
    isFirst: false,
    ...more,
  };
}

/** The topics of drafts of one scenario, each as one text. */
export const topicsOf = (drafts: Iterable<Draft>, scenario: Draft['scenario']): string[] =>
  [...drafts].filter((one) => one.scenario === scenario).map(({ topic }) => topic.join('/'));
