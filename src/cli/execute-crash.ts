import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfile } from '../checklist/profile/index.js';
import type { Policies } from '../checklist/policies.js';
import { writeWhole } from '../files/write-file.js';
import { runKills, runMatrix, withPolicies, type PointResult } from '../proof/crash/matrix.js';
import { summariseCrash, type CrashRecord, type CrashViolation } from '../proof/crash/record.js';
import { endChildren } from '../proof/crash/served.js';
import { EXIT } from './exit-codes.js';
import { bundledDocument, bundledProfiles, packageRoot, packageVersion, shown } from './package-root.js';
import { prepare } from './prepare.js';
import { makeTwin, startService } from './serve/compose.js';
import { UsageError } from './usage-error.js';

export type CrashOptions = {
  outDir: string;
  seed: number;
  json: boolean;
  /** Points at which a served sync is killed, beside those in this process. */
  kills: number;
  /** One point, such as `propagate:17` or `kill:17`. */
  point: string | null;
};

const VARIANTS: Record<string, Partial<Policies>> = {
  ignore: { delete: 'ignore' },
  propagate: { delete: 'propagate' },
};
/** The life of the process that is killed: deletions make the sync write more. */
const KILLED = { delete: 'propagate' } as const;

/** Kills the sync at every point of a life; gives 0 only when it was as if nothing had happened at each of them. */
export async function executeCrash(options: CrashOptions): Promise<number> {
  const started = Date.now();
  const only = options.point === null ? null : readPoint(options.point);
  const { compiled } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: join(bundledProfiles(), 'webshop-crm.yaml'),
  });
  const violations: CrashViolation[] = [];
  const missed: string[] = [];
  const note =
    (name: string) =>
    ({ point, diedAt, findings }: PointResult): void => {
      const id = `${name}:${point}`;
      if (diedAt === null) missed.push(id);
      if (findings.length === 0) return;
      const replay = `syncproof prove --crash --point ${id} --seed ${options.seed}`;
      const violation = { point: id, diedAt: diedAt ?? 'never', findings, replay };
      violations.push(violation);
      if (!options.json) process.stdout.write(renderViolation(violation));
    };
  const say = (text: string) => (options.json ? undefined : process.stdout.write(`${text}\n`));
  const variants = [];
  for (const [name, policies] of Object.entries(VARIANTS)) {
    if (only !== null && only.name !== name) continue;
    const plan = withPolicies(compiled.plan, policies);
    const done = await runMatrix(name, plan, makeTwin, { only: only?.point ?? null }, note(name));
    variants.push(done);
    say(
      `deletions ${name}: ${done.requests} requests, ${done.writes ?? 0} store writes, ${done.points} points`,
    );
  }
  if (only?.name === 'kill' || (only === null && options.kills > 0)) {
    const done = await killServed(options, only?.point ?? null, note('kill'));
    variants.push(done);
    say(`kill -9 of a served sync: ${done.requests} requests, ${done.points} points`);
  }
  const record: CrashRecord = {
    schema: 'syncproof.crash/1',
    tool: { name: 'syncproof', version: packageVersion() },
    seed: options.seed,
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    variants,
    violations,
    summary: summariseCrash(variants, violations),
  };
  const path = join(options.outDir, 'crash.json');
  await writeWhole(path, `${JSON.stringify(record, null, 2)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  const { points, lost, duplicated, stuck, other } = record.summary;
  say(`${points} points: ${lost} lost, ${duplicated} duplicated, ${stuck} stuck, ${other} otherwise wrong`);
  say(`  ${shown(path)}`);
  for (const id of missed) process.stderr.write(`error: the sync never came to the point ${id}\n`);
  if (missed.length > 0 || points === 0) return EXIT.harness;
  return violations.length > 0 ? EXIT.failed : EXIT.ok;
}

function readPoint(text: string): { name: string; point: number } {
  const [, name, number] = /^([a-z]+):(\d{1,6})$/.exec(text) ?? [];
  const names = [...Object.keys(VARIANTS), 'kill'];
  if (name !== undefined && names.includes(name) && Number(number) > 0)
    return { name, point: Number(number) };
  throw new UsageError(
    `--point ${text} is no point`,
    `one of ${names.join(', ')}, a colon and a number from 1, such as ${names[0]}:17`,
    'take it from a violation that prove --crash printed',
  );
}

async function killServed(
  { kills, seed }: CrashOptions,
  only: number | null,
  onPoint: (result: PointResult) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'syncproof-crash-'));
  const stop = () => {
    endChildren();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const loaded = await loadProfile(join(bundledProfiles(), 'webshop-crm.yaml'));
    const policies = { ...loaded.profile.policies, ...KILLED };
    const profilePath = join(folder, 'profile.yaml');
    await writeWhole(profilePath, JSON.stringify({ ...loaded.profile, policies }));
    const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath });
    const { a, b } = compiled.plan.systems;
    const bin = join(packageRoot(), 'bin', 'syncproof.mjs');
    return await runKills(
      {
        plan: compiled.plan,
        makeTwin,
        serve: (fetch) => startService(fetch, { host: '127.0.0.1', port: 0 }),
        commandFor: (life) => (urls) => [
          bin,
          'serve',
          bundledDocument(),
          '--profile',
          profilePath,
          '--only',
          'sync',
          '--json',
          '--url',
          `${a.key}=${urls.a}`,
          '--url',
          `${b.key}=${urls.b}`,
          '--db',
          join(folder, `${life}.db`),
          '--port',
          '0',
          '--poll',
          '0',
        ],
        seed,
        count: kills,
        only,
      },
      onPoint,
    );
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    endChildren();
    await rm(folder, { recursive: true, force: true });
  }
}

function renderViolation({ point, diedAt, findings, replay }: CrashViolation): string {
  const lines = findings.map((one) => `  ${one.invariant} ${one.kind}: ${one.message}`);
  return `VIOLATION at ${point}, ${diedAt}\n${lines.join('\n')}\n  replay: ${replay}\n`;
}
