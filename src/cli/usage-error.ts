/** Wrong words on the command line: exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly expected: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
