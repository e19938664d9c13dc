import { describeError, exitCodeOf } from '../../src/cli/errors.js';

/** What the command line would say of an error, and its exit code; 0 where there is none. */
export async function told(work: () => Promise<unknown>): Promise<{ code: number; err: string }> {
  try {
    await work();
    return { code: 0, err: '' };
  } catch (error) {
    return { code: exitCodeOf(error), err: describeError(error, false) };
  }
}
