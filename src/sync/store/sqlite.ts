import Database from 'libsql';
import { createTableStore, type Backing } from './memory.js';
import { StoreError, type SyncStore } from './port.js';

/** Since 2 keys are JSON: SQLite cuts a text off at a NUL, which parts of match keys are joined by. */
const VERSION = 2;
/** How long a call waits for a transaction of another process. */
const BUSY_MS = 10_000;
const REMEDY =
  'Move the file away to start with an empty store, or give the path of a store that syncproof made.';

/**
 * The store in a SQLite file (write-ahead log) or, for `:memory:`, in memory. Every change is durable when the call
 * that made it returns. Several processes may use one file. Errors: `StoreError` for a file that is no store, is damaged, or comes from a newer version.
 */
export function createSqliteStore(path: string): SyncStore {
  const database = open(path);
  const load = database.prepare('SELECT key, value FROM entries WHERE place = ?');
  const put = database.prepare(
    'INSERT INTO entries (place, key, value) VALUES (?, ?, ?) ON CONFLICT (place, key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM entries WHERE place = ? AND key = ?');
  const dataVersion = database.prepare('PRAGMA data_version');
  const versionNow = () => (dataVersion.get() as { data_version: number }).data_version;
  let version = versionNow();
  const backing: Backing = {
    changedElsewhere() {
      const before = version;
      version = versionNow();
      return version !== before;
    },
    load: (table) =>
      (load.all(table) as { key: string; value: string }[]).map(({ key, value }) => [
        JSON.parse(key) as string,
        JSON.parse(value),
      ]),
    put: (table, key, value) => void put.run(table, JSON.stringify(key), JSON.stringify(value)),
    remove: (table, key) => void remove.run(table, JSON.stringify(key)),
    transaction(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        // Of a full disk, for one, SQLite has rolled back already; to ask for it again would hide the error.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
  return createTableStore(backing);
}

function open(path: string): Database.Database {
  let database: Database.Database | null = null;
  try {
    database = new Database(path);
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    database.exec('PRAGMA journal_mode = WAL');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    const tables = database
      .prepare("SELECT count(*) AS count FROM sqlite_master WHERE type = 'table'")
      .get() as { count: number };
    if (version === 0 && tables.count > 0)
      throw new StoreError(`${path} is a database of another program.`, REMEDY);
    if (version > 0 && version < VERSION)
      throw new StoreError(`${path} was written by an older version.`, REMEDY);
    if (version > VERSION)
      throw new StoreError(`${path} was written by a newer version.`, 'Use that version, or another file.');
    database.exec(
      'CREATE TABLE IF NOT EXISTS entries (place TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (place, key)) WITHOUT ROWID',
    );
    database.exec(`PRAGMA user_version = ${VERSION}`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `${path} cannot be used as a store: ${error instanceof Error ? error.message : String(error)}.`,
      REMEDY,
    );
  }
}
