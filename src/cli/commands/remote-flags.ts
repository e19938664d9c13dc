import { resolve } from 'node:path';
import type { Command } from 'cac';
import { readOne } from '../options.js';
import type { RunOptions } from '../run-options.js';
import { UsageError } from '../usage-error.js';

/** Flags of `syncproof run` that keep, play back or only show a run against a deployed sync. */
export function addRemoteFlags(command: Command): Command {
  return command
    .option('--record <dir>', 'Remote: keep every exchange, so that the run can be played back')
    .option('--playback <dir>', 'Judge a recorded run once more, without the systems')
    .option('--dry-run', 'Remote: show every request that the run would make, and make none')
    .example('  syncproof run my-document.rst --profile my.yaml --target remote --record kept')
    .example('  syncproof run --playback kept --out reports-again')
    .example('  syncproof run my-document.rst --profile my.yaml --dry-run --only customer');
}

type RemoteFlags = Required<Pick<RunOptions, 'record' | 'playback' | 'dryRun' | 'target'>>;

/** Reads them beside the other options. Errors: `UsageError` for flags that exclude each other. */
export function readRemoteFlags(options: Record<string, unknown>, target: RunOptions['target']): RemoteFlags {
  const record = readOne('record', options['record']);
  const playback = readOne('playback', options['playback']);
  const dryRun = options['dryRun'] === true;
  const ways = [
    record !== null && '--record',
    playback !== null && '--playback',
    dryRun && '--dry-run',
  ].filter((way) => way !== false);
  if (ways.length > 1)
    throw new UsageError(
      `${ways.join(' and ')} are given together`,
      'one of them',
      `keep one of ${ways.join(', ')}`,
    );
  if (record !== null && target !== 'remote')
    throw new UsageError(
      '--record without --target remote',
      'a run against a deployed sync; the reference replays by its seed',
      'add --target remote, or leave --record out',
    );
  if (playback !== null) demandAlone(options);
  else if (target !== 'remote' && !dryRun) demandLocal(options);
  return {
    record: record === null ? null : resolve(record),
    playback: playback === null ? null : resolve(playback),
    dryRun,
    target: dryRun || playback !== null ? 'remote' : target,
  };
}

/** What only a deployed sync can be asked is not passed over where the reference is judged. */
function demandLocal(options: Record<string, unknown>): void {
  const given = [
    ...(Number(options['repeat'] ?? 1) === 1 ? [] : ['--repeat']),
    ...(options['allowProduction'] === true ? ['--allow-production'] : []),
  ];
  if (given.length === 0) return;
  throw new UsageError(
    `${given.join(' and ')} without --target remote`,
    'a run against a deployed sync; the reference gives the same each time',
    `add --target remote, or leave ${given.join(' and ')} out`,
  );
}

const OF_THE_RUN = { only: '--only', changedSince: '--changed-since', shard: '--shard' };

/** A recording holds the answers to its own checks alone. */
function demandAlone(options: Record<string, unknown>): void {
  const given = Object.entries(OF_THE_RUN).flatMap(([name, flag]) =>
    options[name] === undefined ? [] : [flag],
  );
  for (const [name, flag] of [
    ['seed', '--seed'],
    ['repeat', '--repeat'],
  ] as const)
    if (Number(options[name] ?? 1) !== 1) given.push(flag);
  if (given.length === 0) return;
  throw new UsageError(
    `${given.join(' and ')} together with --playback`,
    'the checks, the seed and the repeats of the recorded run',
    `leave ${given.join(' and ')} out`,
  );
}
