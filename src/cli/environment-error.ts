/** What the command needs of the machine is not to be had, such as a free port: exit code 4. */
export class EnvironmentError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'EnvironmentError';
  }
}
