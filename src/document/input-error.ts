/** One clear error about an input file: what is wrong, where (`file:line`), expected and found, remedy. Exit code 2. */
export class InputError extends Error {
  readonly code: string;
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;

  constructor(detail: {
    code: string;
    message: string;
    where: string;
    expected: string;
    found: string;
    remedy: string;
  }) {
    super(detail.message);
    this.name = 'InputError';
    this.code = detail.code;
    this.where = detail.where;
    this.expected = detail.expected;
    this.found = detail.found;
    this.remedy = detail.remedy;
  }
}
