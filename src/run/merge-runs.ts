import { InputError } from '../document/input-error.js';
import type { CheckRecord, RunRecord, ShardRecord } from './record.js';
import { rollUpSentences, summarise } from './roll-up.js';

/** The record of one shard and the file it was read from. */
export type ShardFile = { path: string; run: RunRecord };
type Shard = ShardFile & { shard: ShardRecord };

/**
 * Joins the records of all shards of one run into the record of the whole, as one machine would have written it; the
 * gate is left for the caller to evaluate. Errors: `InputError` for anything but each shard of one run, once.
 */
export function mergeRuns(files: ShardFile[]): RunRecord {
  const shards = files.map(requireShard).toSorted((one, other) => one.shard.index - other.shard.index);
  const [first, ...others] = shards;
  if (first === undefined) throw problem('no run record was given', 'a folder for each shard', 'none');
  for (const other of others) requireSameRun(first, other);
  requireEachOnce(first, shards);
  const checks = joinChecks(first, shards);
  const { shard: _shard, ...whole } = first.run;
  return {
    ...whole,
    startedAt: shards.map((one) => one.run.startedAt).toSorted()[0] ?? whole.startedAt,
    durationMs: Math.max(...shards.map((one) => one.run.durationMs)),
    summary: summarise(checks),
    checks,
    sentences: rollUpSentences(first.shard.coverage, checks),
    problems: shards.flatMap((one) => one.run.problems ?? []),
    gate: { results: [], passed: false, exitCode: 4 },
  };
}

/** When the last shard began: waivers are judged as of then, so that joining again gives the same. */
export function judgedAt(files: ShardFile[]): Date {
  return new Date(Math.max(...files.map((one) => Date.parse(one.run.startedAt))));
}

function requireShard({ path, run }: ShardFile): Shard {
  if (run.shard !== undefined) return { path, run, shard: run.shard };
  throw problem(
    'this record is of a whole run, not of a shard',
    'a record that syncproof run --shard wrote',
    'no shard',
    path,
    'give only the folders of shards; a whole run needs no merge',
  );
}

function requireSameRun(first: Shard, other: Shard): void {
  const sums: [what: string, of: (one: Shard) => unknown][] = [
    ['versions of syncproof', ({ run }) => run.tool.version],
    ['documents', ({ run }) => run.document.sha256],
    ['reverse documents', ({ run }) => run.reverse?.sha256 ?? 'none'],
    ['profiles', ({ run }) => run.profile?.sha256 ?? 'none'],
    ['targets', ({ run }) => run.target],
    ['seeds', ({ run }) => run.seed],
    ['numbers of shards', ({ shard }) => shard.count],
    ['numbers of checks', ({ shard }) => shard.of],
    ['selections of checks', ({ shard }) => shard.checks],
    ['gates', ({ run }) => run.asked],
  ];
  for (const [what, of] of sums) {
    const [expected, found] = [JSON.stringify(of(first)), JSON.stringify(of(other))];
    if (expected === found) continue;
    const short = (text: string | undefined) => (text ?? 'nothing').slice(0, 80);
    throw problem(
      `these are shards of different runs: their ${what} differ`,
      `${short(expected)}, as in ${first.path}`,
      short(found),
      other.path,
      'run each shard with the same document, profile, seed and options',
    );
  }
}

function requireEachOnce(first: Shard, shards: Shard[]): void {
  const { count } = first.shard;
  for (const [at, one] of shards.entries()) {
    const before = shards[at - 1];
    if (before?.shard.index !== one.shard.index) continue;
    const found = `it is in ${before.path} too`;
    throw problem(
      `shard ${one.shard.index} of ${count} is given twice`,
      'each shard once',
      found,
      one.path,
      'give each folder once',
    );
  }
  const given = shards.map((one) => one.shard.index);
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !given.includes(index));
  if (missing.length === 0) return;
  throw problem(
    `shard ${missing.join(' and ')} of ${count} is missing`,
    `the records of all ${count} shards`,
    `only ${given.join(', ')}`,
    '',
    'look at the job of that shard; without it nothing can be said about the whole',
  );
}

function joinChecks(first: Shard, shards: Shard[]): CheckRecord[] {
  const byId = new Map<string, CheckRecord>();
  for (const { path, run } of shards) {
    for (const check of run.checks) {
      if (byId.has(check.id)) throw uneven(`the check ${check.id} is in two shards`, path);
      byId.set(check.id, check);
    }
  }
  const checks = first.shard.checks.flatMap((id) => byId.get(id) ?? []);
  if (checks.length === first.shard.of && byId.size === first.shard.of) return checks;
  const lost = first.shard.checks.find((id) => !byId.has(id));
  const what =
    lost === undefined
      ? 'the shards hold checks that are not of the run'
      : `no shard holds the check ${lost}`;
  throw uneven(what, '');
}

const uneven = (what: string, path: string) =>
  problem(
    what,
    'each check in one shard',
    'shards that do not fit together',
    path,
    'run all shards again with one version of syncproof',
  );

function problem(
  message: string,
  expected: string,
  found: string,
  where = '',
  remedy = 'name the output folder of each shard',
): InputError {
  return new InputError({ code: 'shards-do-not-join', message, where, expected, found, remedy });
}
