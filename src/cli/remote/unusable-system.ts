/** A system could not be used at all; nothing was made. */
export class UnusableSystem extends Error {
  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(problem);
    this.name = 'UnusableSystem';
  }
}
