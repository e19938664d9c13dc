import Database from 'libsql';
import { StoreError } from './port.js';

const MOST_WORKERS = 16;

/** A worker's name that no other living process on the same store has; free again when the process ends, however. */
export type WorkerSlot = { workerId: string; release(): void };

/**
 * Takes the first free name among those of a store file. The operating system holds the lock that SQLite takes on a file
 * beside the store, so that a killed worker's successor has its name and need not wait for its lease (I17, I18).
 * Errors: `StoreError` when too many workers are there already, or the file cannot be made.
 */
export function takeWorkerSlot(storePath: string): WorkerSlot {
  if (storePath === ':memory:') return { workerId: 'worker-1', release: () => undefined };
  for (let number = 1; number <= MOST_WORKERS; number++) {
    const lock = lockFile(`${storePath}.worker-${number}`);
    if (lock !== null) return { workerId: `worker-${number}`, release: () => void lock.close() };
  }
  throw new StoreError(`${storePath} has ${MOST_WORKERS} workers already.`, 'End one of them first.');
}

/** Null when another holds it, which is told at once: without a `busy_timeout` nothing is waited for. */
function lockFile(path: string): Database.Database | null {
  let database: Database.Database | null = null;
  try {
    database = new Database(path);
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      `${path} cannot be locked: ${message}.`,
      'Give a store in a folder that can be written to.',
    );
  }
}
