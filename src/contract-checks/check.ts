import type { Lack } from '../contract/capabilities.js';
import type { Probe } from './probe.js';

/**
 * One check of a provider against its contract. `operation` is as in the OpenAPI document, such as `createOrder`.
 * A check with `needs` cannot be made of a provider that lacks it; one of a `field` not where that is read-only.
 */
export type ContractCheck = {
  id: string;
  system: string;
  entity: string | null;
  operation: string;
  title: string;
  /** Whether the sync breaks when this no longer holds; a provider that merely refuses less does not break it. */
  breaking: boolean;
  needs?: Lack;
  field?: string;
  run(probe: Probe): Promise<void>;
};

/** What tells a check apart beside its topic. */
export type CheckTraits = Pick<ContractCheck, 'needs' | 'field'>;

const REFUSALS = ['unknown-field', 'unknown-parameter', 'page-size-refused', 'bad-time', 'malformed'];
const BESIDES = ['total', 'content-type'];
const CONSTRAINTS =
  /-(?:null|wrong-type|too-long|too-small|wrong-form|fraction|no-midnight|dangling|unknown-member)$/;

/** Whether the sync would break: a provider that takes more than it should, or tells less beside a record, does not. */
export function isBreaking(topic: string): boolean {
  return !REFUSALS.includes(topic) && !BESIDES.includes(topic) && !CONSTRAINTS.test(topic);
}

/** The provider does not keep the contract. */
export class ContractFailure extends Error {}

/** The provider lacks a capability, or the target cannot show it. */
export class NotOffered extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export function expectStatus(found: number, expected: number | number[], what: string): void {
  const allowed = Array.isArray(expected) ? expected : [expected];
  if (!allowed.includes(found))
    throw new ContractFailure(`${what} is answered with ${found}, expected ${allowed.join(' or ')}`);
}

export function expectTrue(holds: boolean, message: string): void {
  if (!holds) throw new ContractFailure(message);
}
