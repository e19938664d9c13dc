import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { SystemContract } from '../../src/contract/api-description.js';
import type { ChangeEvent, Row, Snapshot } from './store.js';

const FORMAT = 'syncproof-twin/1';

type Header = { format: string; system: string; idsGiven: number };
/** One acknowledged change: a record as it then stood. */
type Entry = { collection: string; gone: boolean; at: number; made: boolean; key?: string; row: Row };

/** A file that is no twin's records, or damaged in its middle. */
export class RecordFileError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
    this.name = 'RecordFileError';
  }
}

export type RecordFile = {
  snapshot: Snapshot;
  /** How many ids the twin gave out in all its lives. */
  idsGiven: number;
  /** Writes a change before its caller is answered, so that a killed twin keeps what it acknowledged. */
  append(event: ChangeEvent): void;
  close(): void;
};

/**
 * Opens the records of a twin, one change a line, and writes them anew with one line a record. A last line that was cut
 * off belongs to a change that was never acknowledged and is left out. Errors: `RecordFileError`, those of the file system.
 */
export function openRecordFile(path: string, contract: SystemContract): RecordFile {
  const { snapshot, idsGiven } = read(path, contract);
  mkdirSync(dirname(path), { recursive: true });
  const header: Header = { format: FORMAT, system: contract.key, idsGiven };
  const lines = [header, ...entriesOf(snapshot)].map((one) => `${JSON.stringify(one)}\n`);
  writeFileSync(`${path}.tmp`, lines.join(''));
  renameSync(`${path}.tmp`, path);
  const file = openSync(path, 'a');
  return {
    snapshot,
    idsGiven,
    append({ entity, kind, row, at, key }) {
      const entry: Entry = {
        collection: entity.collection,
        gone: kind === 'deleted',
        at,
        made: kind === 'created',
        ...(key === undefined ? {} : { key }),
        row,
      };
      writeSync(file, `${JSON.stringify(entry)}\n`);
    },
    close: () => closeSync(file),
  };
}

function read(path: string, contract: SystemContract): { snapshot: Snapshot; idsGiven: number } {
  const snapshot: Snapshot = { tables: new Map(), tombstones: new Map(), keys: new Map() };
  for (const { collection } of contract.entities) {
    snapshot.tables.set(collection, new Map());
    snapshot.tombstones.set(collection, []);
  }
  if (!existsSync(path)) return { snapshot, idsGiven: 0 };
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const header = parse(path, lines[0] ?? '', 1) as Partial<Header> | null;
  if (header?.format !== FORMAT) throw new RecordFileError(path, 'this is no file of a served twin');
  if (header.system !== contract.key)
    throw new RecordFileError(path, `these are the records of ${String(header.system)}, not ${contract.key}`);
  let idsGiven = header.idsGiven ?? 0;
  lines.slice(1).forEach((line, index) => {
    const entry = parse(path, line, index + 2) as Entry;
    const table = snapshot.tables.get(entry.collection);
    if (table === undefined)
      throw new RecordFileError(path, `line ${index + 2}: the contract holds no ${entry.collection}`);
    if (entry.made) idsGiven += 1;
    take(snapshot, table, entry);
  });
  return { snapshot, idsGiven };
}

function take(snapshot: Snapshot, table: Map<string, Row>, { collection, gone, at, key, row }: Entry): void {
  const others = (snapshot.tombstones.get(collection) ?? []).filter((one) => one.id !== row.id);
  snapshot.tombstones.set(collection, gone ? [...others, { id: row.id, at, row }] : others);
  if (gone) table.delete(row.id);
  else table.set(row.id, row);
  if (key !== undefined) snapshot.keys.set(`${collection} ${key}`, row.id);
}

/** One entry for each record and tombstone; ids given out are counted in the header already. */
function entriesOf({ tables, tombstones, keys }: Snapshot): Entry[] {
  const keyOf = new Map(Array.from(keys, ([place, id]) => [`${place.split(' ')[0] ?? ''} ${id}`, place]));
  const entry = (collection: string, row: Row, gone: boolean, at: number): Entry => {
    const place = keyOf.get(`${collection} ${row.id}`);
    const key = place === undefined ? {} : { key: place.slice(collection.length + 1) };
    return { collection, gone, at, made: false, ...key, row };
  };
  return [
    ...Array.from(tables, ([collection, rows]) =>
      Array.from(rows.values(), (row) => entry(collection, row, false, row.updatedAt)),
    ).flat(),
    ...Array.from(tombstones, ([collection, gone]) =>
      gone.map(({ row, at }) => entry(collection, row, true, at)),
    ).flat(),
  ];
}

function parse(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new RecordFileError(path, `line ${number} is damaged`);
  }
}
