import { ClientError } from './client-error.js';

/** How every report of an answer that cannot be used begins; it goes once an answer can be used. */
export const UNUSABLE = 'unusable answer: ';

/**
 * An answer that is not what the contract says. Nothing is known of what it is about, so it counts as no answer: the
 * work is done again later, and it is reported at once, since it may never get better by itself.
 */
export class MalformedAnswer extends ClientError {
  constructor(message: string, field: string | null) {
    super('transient', `${UNUSABLE}${message}`, field);
    this.name = 'MalformedAnswer';
  }
}
