import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { CAC } from 'cac';
import type { Policies } from '../../checklist/policies.js';
import { readList, readOne, readSeed } from '../options.js';
import type { Replay } from '../simulate/replay.js';
import { UsageError } from '../usage-error.js';

const MOST_THREADS = 64;
const HUNTS = 5;

/** `syncproof simulate`: random histories of users, faults and clocks, judged by the invariants. */
export function registerSimulate(cli: CAC): void {
  cli
    .command('simulate [document]', 'Play random histories against the sync and judge them by the invariants')
    .option('--profile <file>', 'Profile of the document')
    .option('--runs <n>', 'Number of histories', { default: 1000 })
    .option('--seed <n>', 'Seed of the histories', { default: 1 })
    .option('--length <n>', 'Operations of a history', { default: 30 })
    .option('--threads <n>', 'Threads to play on; the result is the same for any number')
    .option('--policy <name=value>', 'Policy to play under, or "all" for each in turn (repeatable)')
    .option('--replay <history>', 'Play one history again: RUN, RUN:PATH or a file, as a failure prints it')
    .option(
      '--fault <n>',
      'Play against a faulty sync of the catalogue until it is found; "all": each of them',
    )
    .option('--docs <file>', 'With --fault all: write the table as Markdown to this file too')
    .option('--out <dir>', 'Folder of the records', { default: 'reports' })
    .option('--json', 'Print the record instead of the summary')
    .example('  syncproof simulate --runs 1000 --seed 7')
    .example('  syncproof simulate --policy all --runs 2000')
    .example('  syncproof simulate --replay fixtures/histories/clock-set-ahead.json')
    .example('  syncproof simulate --fault 40 --threads 2')
    .example('  syncproof simulate --fault all --runs 400')
    .action(run);
}

async function run(document: string | undefined, given: Record<string, unknown>): Promise<number> {
  const fault = readOne('fault', given['fault']);
  const policies = await readPolicies(readList(given['policy']));
  const replay = readReplay(readOne('replay', given['replay']));
  const documentPath = document ?? null;
  const profilePath = readOne('profile', given['profile']);
  refuseTogether({
    'a document': documentPath !== null,
    '--fault': fault !== null,
  });
  refuseTogether({ '--fault all': fault === 'all', '--replay': replay !== null });
  refuseTogether({ '--fault all': fault === 'all', '--policy': readList(given['policy']).length > 0 });
  refuseTogether({ '--policy all': policies.every, '--replay': replay !== null });
  if (profilePath !== null && documentPath === null)
    throw new UsageError('--profile is given without a document', 'both', 'name the document too');
  const docs = readOne('docs', given['docs']);
  if (docs !== null && fault !== 'all')
    throw new UsageError(
      '--docs is given without --fault all',
      'both',
      'give --fault all too, or leave it out',
    );
  const options = {
    setting: {
      documentPath,
      profilePath,
      policies: policies.set,
      fault: fault === null || fault === 'all' ? null : await readFault(fault),
    },
    everyPolicy: policies.every,
    runs: readCount('runs', given['runs'], 1_000_000),
    seed: readSeed(readOne('seed', given['seed']) ?? undefined, 1),
    length: readCount('length', given['length'], 500),
    threads: readThreads(readOne('threads', given['threads'])),
    outDir: resolve(readOne('out', given['out']) ?? 'reports'),
    json: given['json'] === true,
  };
  if (replay !== null) {
    const { executeReplay } = await import('../simulate/replay.js');
    return executeReplay(replay, options.setting, options);
  }
  if (fault === 'all') {
    const { executeHunt } = await import('../simulate/hunt.js');
    return executeHunt({ ...options, hunts: HUNTS, docs });
  }
  const { executeSimulation } = await import('../simulate/execute.js');
  return executeSimulation(options);
}

function refuseTogether(words: Record<string, boolean>): void {
  const given = Object.keys(words).filter((word) => words[word]);
  if (given.length > 1)
    throw new UsageError(`${given.join(' and ')} are given together`, 'one of them', 'leave one out');
}

function readCount(name: string, value: unknown, most: number): number {
  const number = Number(readOne(name, value));
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(
    `--${name} ${String(value)} is no count`,
    `a whole number from 1 to ${most}`,
    'see syncproof simulate --help',
  );
}

const readThreads = (text: string | null): number =>
  text === null ? Math.min(availableParallelism(), MOST_THREADS) : readCount('threads', text, MOST_THREADS);

async function readFault(text: string): Promise<number> {
  const { FAULTS } = await import('../../proof/faults/catalogue.js');
  if (/^\d{1,4}$/.test(text) && FAULTS.some((one) => one.id === Number(text))) return Number(text);
  throw new UsageError(
    `the catalogue holds no fault ${text}`,
    `a number from 1 to ${FAULTS.at(-1)?.id ?? 0}, or all`,
    'see docs/generated/kill-matrix.md',
  );
}

/** `RUN` and `RUN:PATH` name a history of the seed; anything else is a file. */
function readReplay(text: string | null): Replay | null {
  if (text === null) return null;
  const match = /^(\d+)(?::(\d+(?::\d+)*))?$/.exec(text);
  if (match === null) return { kind: 'file', path: resolve(text) };
  return { kind: 'run', run: Number(match[1]), path: match[2] ?? null };
}

async function readPolicies(words: string[]): Promise<{ every: boolean; set: Partial<Policies> }> {
  const { policiesSchema } = await import('../../checklist/profile/schema.js');
  let set: Partial<Policies> = {};
  for (const word of words) {
    if (word === 'all') continue;
    const [name = '', value = ''] = word.split('=');
    const parsed = policiesSchema.safeParse({ [name]: /^\d+$/.test(value) ? Number(value) : value });
    if (!parsed.success)
      throw new UsageError(
        `--policy ${word} is no policy: ${parsed.error.issues[0]?.message ?? ''}`,
        'all, or name=value as a profile sets it, such as delete=propagate',
        'see docs/profile.md',
      );
    set = { ...set, ...parsed.data };
  }
  return { every: words.includes('all'), set };
}
