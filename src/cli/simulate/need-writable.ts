import { access, constants, mkdir } from 'node:fs/promises';
import { UsageError } from '../usage-error.js';

/** Makes the folder of the reports, so that minutes of playing do not end without one. Errors: `UsageError`. */
export async function needWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `the folder ${folder} cannot be written to: ${code}`,
      'a folder that this user may write to',
      'give another --out',
    );
  }
}
