import type { Difference } from '../run/record.js';

/** The sync does not do what the sentence says. `differences` are shown property by property. */
export class CheckFailure extends Error {
  constructor(
    message: string,
    readonly differences: Difference[] = [],
  ) {
    super(message);
    this.name = 'CheckFailure';
  }
}

/** The target cannot show what the check must see; the check is then not testable. */
export class NotTestableHere extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'NotTestableHere';
  }
}

/** A value as a message shows it, shortened. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 90 ? `${text.slice(0, 87)}…` : text;
}
