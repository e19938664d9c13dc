import { readFile } from 'node:fs/promises';
import { derivedWithRemote, isServedProfile, withRemote } from '../../checklist/profile/index.js';
import type { SystemContract } from '../../contract/api-description.js';
import { writeWhole } from '../../files/write-file.js';
import { shown } from '../package-root.js';
import { UsageError } from '../usage-error.js';
import type { Role } from './announce.js';
import { codeOf } from './error-code.js';
import type { ServeOptions } from './options.js';
import type { Planned } from './plan.js';
import { isRecognised } from './recognised.js';
import { remoteEntry } from './remote-entry.js';
import { isDescribed } from './sync-systems.js';

/** Why no profile can tell a run where the stand-ins are; null where one can. */
export const whyNoProfile = (planned: Planned): UsageError | null =>
  profileRefusal(planned) ?? planRefusal(planned);

/** What keeps a remote run from telling anything of what the sync makes. */
function planRefusal({ plan }: Planned): UsageError | null {
  if (plan.pairs.some((pair) => isRecognised(plan, pair))) return null;
  return new UsageError(
    'no section carries a text to the other system by which a remote run could tell what the sync made of its records',
    'a row that carries a text as it is, in a property table or in the profile',
    'add such rows to a profile and serve with it; without --target remote the document can be judged as it is',
  );
}

/** What a profile says that would lead a run elsewhere. */
function profileRefusal(planned: Planned): UsageError | null {
  const { profile, plan, replaced = [] } = planned;
  if (profile === null) return null;
  const place = (...path: string[]) => `${shown(profile.path)}:${profile.lineOf(path)}`;
  if (profile.profile.remote !== undefined)
    return new UsageError(
      `the profile has an entry "remote" already, at ${place('remote')}`,
      'a profile that does not say yet what a remote run judges',
      'serve with a profile without "remote", or correct its URLs by hand',
    );
  const own = [plan.systems.a, plan.systems.b].find(
    ({ key, name }) => isDescribed(planned, key) || replaced.includes(name),
  );
  if (own === undefined) return null;
  const described = isDescribed(planned, own.key) ? 'api' : 'entities';
  return new UsageError(
    `the profile describes an API of ${own.name} at ${place('systems', own.key, described)}, so that a remote run would not speak to its stand-in as it must`,
    'a profile without "api", whose systems the stand-ins are',
    'serve with a copy of the profile without "api" and what belongs to it, or judge the system itself as docs/remote.md shows',
  );
}

/** Asks before anything is served whether the profile can be written. Errors: `UsageError`. */
export async function demandWritable(planned: Planned, path: string): Promise<void> {
  const why = whyNoProfile(planned);
  if (why !== null) throw why;
  const before = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw unwritable(path, error);
  });
  if (before === null || isServedProfile(before)) return;
  throw new UsageError(
    `${shown(path)} exists already and was not written by syncproof serve`,
    'a new file, or one that an earlier --write-profile wrote',
    'give --write-profile another name',
  );
}

/** Writes a profile for what is served. Errors: `UsageError` for a place that cannot be written to. */
export async function writeProfile(
  path: string,
  { profile }: Planned,
  served: { systems: SystemContract[]; roles: Role[] },
  options: ServeOptions,
): Promise<void> {
  const remote = remoteEntry(served, options);
  const text =
    profile === null
      ? derivedWithRemote(served.systems, remote)
      : withRemote({ text: await readFile(profile.path, 'utf8'), loaded: profile }, remote, path);
  await writeWhole(path, text).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

function unwritable(path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === null) return error;
  return new UsageError(
    `the profile cannot be written to ${shown(path)}: ${code}`,
    'a path that this user may write to',
    'give another --write-profile',
  );
}
