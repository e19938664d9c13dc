/** An invariant is broken; `step` is the number of the step after which it was seen. */
export class Violation extends Error {
  constructor(
    readonly invariant: string,
    message: string,
  ) {
    super(message);
    this.name = 'Violation';
  }
}
