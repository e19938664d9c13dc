import type { Probe } from './probe.js';

/** One check of a provider against its contract. `operation` is as in the OpenAPI document, such as `createOrder`. */
export type ContractCheck = {
  id: string;
  system: string;
  entity: string | null;
  operation: string;
  title: string;
  run(probe: Probe): Promise<void>;
};

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
