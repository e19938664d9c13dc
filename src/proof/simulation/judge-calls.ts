import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { isLive } from '../../checks/oracle/live-rows.js';
import { agreesBy, isBlank, isCarriable, keyTexts } from './agreement.js';
import type { Game } from './game.js';
import { rowKey, type SyncWrite, type Tracked, type Version } from './mirror.js';

/** Judges each write of the sync by itself (I4, I8, I12, I20, I21, I28). */
export function judgeWrites(game: Game, writes: SyncWrite[]): void {
  for (const write of writes) {
    const pairs = game.plan.pairs.filter((pair) => pair.entity[write.record.side] === write.record.entity);
    if (pairs.length === 0)
      game.fail('I8', `the sync wrote ${nameOf(write.record)}, which no sentence names`);
    if (write.after === null) judgeRemoval(game, write, pairs);
    else if (write.before === null) judgeCreation(game, write, pairs);
    else judgeUpdate(game, write, pairs);
  }
}

export const nameOf = (record: Tracked): string => `${record.entity} ${record.id} of side ${record.side}`;
export const show = (value: Json): string => JSON.stringify(value).slice(0, 120);

function judgeRemoval(game: Game, { record, exchange }: SyncWrite, pairs: PairPlan[]): void {
  const pair = pairs.find((one) => one.policies.delete === 'propagate');
  if (pair === undefined)
    return game.fail('I20', `the sync deleted ${nameOf(record)}; the policy passes on no deletion`);
  const gone = sourcesOf(game, pair, record).flatMap((one) =>
    one.removals.filter((removal) => removal.by === 'user' && removal.seq < exchange.seq),
  );
  const last = gone.at(-1);
  if (last === undefined)
    return game.fail('I20', `the sync deleted ${nameOf(record)}; no user had deleted its counterpart`);
  if (pair.policies.deleteVersusEdit === 'delete-wins') return;
  // Only what the last edit left counts: one that brought back what was agreed is none, and neither is another form of
  // emptiness.
  const unsynced = pair.rows.some((row) => {
    const edit = record.edits
      .get(rowKey(pair, row))
      ?.findLast(({ seq, phase }) => seq > game.restSeq && phase >= last.phase && phase < game.clocks.phase);
    return edit !== undefined && changes(game, row, record, edit.seq);
  });
  if (unsynced)
    game.fail(
      'I5',
      `the sync deleted ${nameOf(record)} although it had been edited meanwhile, and edits win`,
    );
}

/** The counterparts of a record; of one that was never told to be linked, what it may have been made for. */
function sourcesOf({ mirror }: Game, pair: PairPlan, record: Tracked): Tracked[] {
  const linked = mirror.counterparts(pair, record);
  if (linked.length > 0 || !record.bySync) return linked;
  const far = record.side === 'a' ? 'b' : 'a';
  return mirror.of(pair, far).filter((one) => [...one.keys].some((key) => record.keys.has(key)));
}

/** Whether a row holds another value since an edit than at the last rest. */
function changes(game: Game, row: MappedRow, record: Tracked, seq: number): boolean {
  const at = (limit: number) => record.versions.findLast((one) => one.seq <= limit)?.fields ?? null;
  const [before, after] = [at(game.restSeq), at(seq)];
  if (before === null || after === null) return false;
  const [old, value] = [getPath(before, row[record.side]), getPath(after, row[record.side])];
  return JSON.stringify(old) !== JSON.stringify(value) && !(isBlank(old) && isBlank(value));
}

/** Versions that a record had at some time in the current round of the sync. */
function recent(game: Game, record: Tracked): JsonObject[] {
  const found: Version[] = [];
  for (let index = record.versions.length - 1; index >= 0; index -= 1) {
    const version = record.versions[index];
    if (version === undefined) break;
    found.push(version);
    if (version.seq <= game.roundSeq) break;
  }
  return found.flatMap(({ fields }) => (fields === null ? [] : [fields]));
}

function judgeUpdate(game: Game, write: SyncWrite, pairs: PairPlan[]): void {
  const { record, before, after } = write;
  if (before === null || after === null) return;
  const { side } = record;
  const tops = new Set(pairs.flatMap((pair) => pair.rows.map((row) => topOf(row[side]))));
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (tops.has(name) || JSON.stringify(before[name] ?? null) === JSON.stringify(after[name] ?? null))
      continue;
    game.fail(
      'I8',
      `the sync changed ${name} of ${nameOf(record)}, which no row names, from ${show(before[name] ?? null)} to ${show(after[name] ?? null)}`,
    );
  }
  for (const pair of pairs) {
    const sources = game.mirror.counterparts(pair, record);
    for (const row of pair.rows) {
      const [old, value] = [getPath(before, row[side]), getPath(after, row[side])];
      if (JSON.stringify(old) === JSON.stringify(value)) continue;
      if (sources.length === 0)
        game.fail('I4', `the sync wrote ${row[side]} of ${nameOf(record)}, which is linked with nothing`);
      const explained = sources.some((source) =>
        recent(game, source).some((fields) =>
          pair.rows.some(
            (one) => one[side] === row[side] && explains(game, pair, one, record, after, value, fields),
          ),
        ),
      );
      if (explained) continue;
      const held = sources.flatMap((source) =>
        recent(game, source).map((fields) => show(getPath(fields, row[side === 'a' ? 'b' : 'a']))),
      );
      game.fail(
        'I12',
        `the sync wrote ${show(value)} to ${row[side]} of ${nameOf(record)} over ${show(old)}; its counterpart held ${held.join(', ')}`,
      );
    }
  }
}

function explains(
  game: Game,
  pair: PairPlan,
  row: MappedRow,
  record: Tracked,
  after: JsonObject,
  value: Json,
  source: JsonObject,
): boolean {
  const isA = record.side === 'a';
  const [a, b] = isA ? [value, getPath(source, row.b)] : [getPath(source, row.a), value];
  if (agreesBy(game.mirror, pair, row, a, b)) return true;
  if (row.only === undefined && row.precedence === undefined) return false;
  return !isLive(pair.rows, row, isA ? after : source, isA ? source : after);
}

const topOf = (path: string): string => path.split(/[.[]/)[0] ?? path;

function judgeCreation(game: Game, { record, after, exchange }: SyncWrite, pairs: PairPlan[]): void {
  if (after === null) return;
  const { mirror } = game;
  const far = record.side === 'a' ? 'b' : 'a';
  const problems = pairs.map((pair): [string, string] | null => {
    const rule = pair.creation[far];
    if (rule === null || rule.kind === 'linked-only')
      return ['I8', `the sync created ${nameOf(record)}; the document creates none there`];
    const keys = keyTexts(pair, record.side, after);
    const sources = mirror
      .of(pair, far)
      .filter((one) => !one.bySync && (keys.length === 0 || keys.some((key) => one.keys.has(key))));
    if (sources.length === 0)
      return ['I4', `the sync created ${nameOf(record)}, which is like no ${pair.entity[far]}`];
    const wrong = sources.map((source) => unlike(game, pair, record, after, source));
    if (wrong.every((row) => row !== null)) {
      const row = wrong.find((one) => one !== null);
      return [
        'I4',
        `the sync created ${nameOf(record)} with ${row?.[record.side] ?? ''} ${show(getPath(after, row?.[record.side] ?? ''))}, a value that its source never had`,
      ];
    }
    if (rule.kind === 'when') {
      const met = sources.some((one) =>
        one.versions.some(
          ({ fields }) =>
            fields !== null &&
            JSON.stringify(getPath(fields, rule.condition.path)) === JSON.stringify(rule.condition.equals),
        ),
      );
      if (!met) return ['I8', `the sync created ${nameOf(record)} for a record that never met the condition`];
    }
    const fitting = sources.filter((_one, index) => wrong[index] === null);
    return (
      repeated(game, pair, record, fitting) ?? unmatched(game, pair, record, keys, exchange.seq, fitting)
    );
  });
  const [first] = problems;
  if (first !== undefined && first !== null && problems.every((one) => one !== null)) game.fail(...first);
}

/** The first row in which a created record agrees with no version of its source. */
function unlike(
  game: Game,
  pair: PairPlan,
  record: Tracked,
  after: JsonObject,
  source: Tracked,
): MappedRow | null {
  const isA = record.side === 'a';
  const versions = source.versions.flatMap(({ fields }) => (fields === null ? [] : [fields]));
  for (const row of pair.rows) {
    if (row.only !== undefined || row.precedence !== undefined) continue;
    const value = getPath(after, row[record.side]);
    const agreed = versions.some((fields) => {
      const own = getPath(fields, isA ? row.b : row.a);
      const isLeftOut =
        !isCarriable(game.mirror, pair, row, source.side, own) ||
        game.lacked.has(`${source.side} ${row[source.side]}`);
      if (isBlank(value) && isLeftOut) return true;
      return agreesBy(game.mirror, pair, row, isA ? value : own, isA ? own : value);
    });
    if (!agreed) return row;
  }
  return null;
}

/** A second counterpart of a record that has one, or that had one which a user deleted. */
function repeated(game: Game, pair: PairPlan, record: Tracked, sources: Tracked[]): [string, string] | null {
  const other = (source: Tracked) => game.mirror.counterparts(pair, source).filter((one) => one !== record);
  const firstTime = sources.some((source) => other(source).length === 0 || source.removals.length > 0);
  if (firstTime) return null;
  const [source] = sources;
  const [old] = source === undefined ? [] : other(source).toReversed();
  if (source === undefined || old === undefined) return null;
  if (old.fields !== null)
    return ['I2', `the sync created ${nameOf(record)} although ${nameOf(source)} is linked with ${old.id}`];
  return ['I21', `the sync created ${nameOf(record)} anew after a user had deleted ${old.id}`];
}

/** A record was created although just one that matches stood there unlinked before the round began. */
function unmatched(
  game: Game,
  pair: PairPlan,
  record: Tracked,
  keys: string[],
  seq: number,
  sources: Tracked[],
): [string, string] | null {
  if (keys.length === 0 || game.unread[record.side] >= game.restSeq) return null;
  const alike = game.mirror.of(pair, record.side).filter((one) => {
    if (one === record) return false;
    const isThere = [game.roundSeq, seq].every((limit) => {
      const fields = one.versions.findLast((version) => version.seq <= limit)?.fields ?? null;
      return fields !== null && keyTexts(pair, one.side, fields).some((key) => keys.includes(key));
    });
    return isThere && game.mirror.linksOf(pair, one).length === 0;
  });
  const [found] = alike;
  if (found === undefined || alike.length > 1) return null;
  const isUsual = sources.every((source) => source.versions.length === 1 && source.removals.length === 0);
  if (!isUsual) return null;
  return [
    'I28',
    `the sync created ${nameOf(record)} although ${found.id}, which matches, stood there unlinked`,
  ];
}
