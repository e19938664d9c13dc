import type { Policies } from '../checklist/policies.js';
import { FAULTS } from './faults/catalogue.js';
import type { Fault } from './faults/fault.js';

/** A document under some policies, by which the correct sync and the faults are judged. */
export type Variant = {
  name: string;
  suite: 'bundled' | NonNullable<Fault['suite']>;
  policies: Partial<Policies>;
};

/** A policy that only a document with a sentence of another form can show. */
const OTHER_FORMS: Pick<Fault, 'suite' | 'policies'>[] = [
  { suite: 'conditional', policies: { scopeExit: 'unlink' } },
];

const POLICY_VARIANTS: Partial<Policies>[] = [
  { conflict: 'side-a-wins' },
  { conflict: 'side-b-wins' },
  { conflict: 'keep-for-review' },
  { tie: 'b' },
  { delete: 'propagate' },
  { delete: 'unlink' },
  { delete: 'propagate', deleteVersusEdit: 'delete-wins' },
  { emptyOnMerge: 'overwrite' },
  { emptyAfterwards: 'never-overwrite' },
  { ambiguousMatch: 'first' },
  { ambiguousMatch: 'newest' },
  { noMatch: 'wait' },
  { longText: 'truncate' },
];

/** Each policy in turn, set to what is not the default. */
export const policyVariants = (): Partial<Policies>[] => POLICY_VARIANTS;

/** Every variant of a fault, and each policy in turn: under all of them the correct sync must pass. */
export function allVariants(): Variant[] {
  const variants = new Map<string, Variant>();
  const alone = [...POLICY_VARIANTS.map((policies) => ({ policies })), ...OTHER_FORMS];
  for (const one of [...FAULTS, ...alone].map(variantOf)) variants.set(one.name, one);
  return [...variants.values()];
}

export function variantOf({ suite, policies = {} }: Pick<Fault, 'suite' | 'policies'>): Variant {
  const settings = Object.entries(policies).map(([name, value]) => `${name}: ${String(value)}`);
  const name = [suite === undefined ? 'bundled document' : `${suite} document`, ...settings.toSorted()].join(
    ', ',
  );
  return { name, suite: suite ?? 'bundled', policies };
}
