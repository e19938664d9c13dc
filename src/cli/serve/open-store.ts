import { createSqliteStore } from '../../sync/store/sqlite.js';
import { StoreError, type SyncStore } from '../../sync/store/port.js';
import { UsageError } from '../usage-error.js';

/** The sync's store in a file, or in memory for null. Errors: `UsageError` for a file that cannot be used. */
export function openStore(path: string | null): SyncStore {
  try {
    return createSqliteStore(path ?? ':memory:');
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new UsageError(
      error.message.slice(0, error.message.length - error.remedy.length).trim(),
      'a file that syncproof made for a sync, or a new one in a folder that this user may write to',
      error.remedy,
    );
  }
}
