/**
 * Why a call did not do what it should. `permanent`: the provider refuses this request for good. `conflict`: the
 * record changed since it was read. `duplicate`: a unique value is taken. `missing`: no such record. `transient`:
 * worth another try, and whether the call took effect is unknown.
 */
export type FailureKind = 'permanent' | 'conflict' | 'duplicate' | 'missing' | 'transient';

export class ClientError extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    /** The field to blame, when the provider names one. */
    readonly field: string | null,
    /** How long the provider asks to wait, ms. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
    this.name = 'ClientError';
  }
}
