import { dirname, relative, resolve } from 'node:path';
import { Document, parseDocument, type Document as Yaml } from 'yaml';
import type { z } from 'zod';
import { parseProfile, type LoadedProfile } from './load.js';
import type { remoteSchema } from './remote-schema.js';

/** An entry `remote` as it stands in a file. */
export type RemoteEntry = z.input<typeof remoteSchema>;

/** A profile as its file holds it, and as it is in use. */
export type ProfileInUse = { text: string; loaded: LoadedProfile };

const MARK = '# Written by syncproof serve';
const HEAD = [
  `${MARK}, which replaces this file whenever it is asked for it again.`,
  '# It is in use only where --profile names it. Keep a profile of your own under another name.',
  '',
  '',
];

/** Whether a text is a profile that `syncproof serve` wrote: not a user's, and used only where it is named. */
export const isServedProfile = (text: string): boolean => text.startsWith(MARK);

/** The text of a profile in use, with an entry `remote`, for a file at `path`. */
export function withRemote({ text, loaded }: ProfileInUse, remote: RemoteEntry, path: string): string {
  // Where the schema lies is told from the place of the profile that is copied.
  const yaml = parseDocument(text.replace(/^# yaml-language-server:.*\n/m, ''));
  leaveOutUnused(yaml, text, loaded);
  moveFiles(yaml, loaded, path);
  return render(yaml, remote);
}

/** A profile that leaves everything to the document: the two systems with their names, the source first. */
export function derivedWithRemote(systems: { key: string; name: string }[], remote: RemoteEntry): string {
  const entries = systems.map(({ key, name }) => [key, { names: [name], contract: 'derived' }] as const);
  return render(new Document({ systems: new Map(entries) }), remote);
}

function render(yaml: Yaml, remote: RemoteEntry): string {
  const key = yaml.createNode('remote');
  key.spaceBefore = true;
  yaml.set(key, yaml.createNode(remote));
  return `${HEAD.join('\n')}${yaml.toString({ lineWidth: 0 })}`;
}

/** The bundled profile is used for the pairs that a document holds; a faulty sync is served under policies of its own. */
function leaveOutUnused(yaml: Yaml, text: string, { path, profile }: LoadedProfile): void {
  const whole = parseProfile(text, path).profile;
  const isUsed = ({ source, target }: { source: string; target: string }) =>
    profile.pairs.some((pair) => pair.source === source && pair.target === target);
  for (const [index, pair] of [...whole.pairs.entries()].toReversed())
    if (!isUsed(pair)) yaml.deleteIn(['pairs', index]);
  for (const [name, value] of Object.entries(profile.policies))
    if (Object.entries(whole.policies).every((one) => one[0] !== name || one[1] !== value))
      yaml.setIn(['policies', name], value);
}

/** Paths in a profile begin at its own folder. */
function moveFiles(yaml: Yaml, { path, profile }: LoadedProfile, to: string): void {
  for (const [key, system] of Object.entries(profile.systems))
    for (const name of ['openapi', 'capabilities'] as const) {
      const file = system[name];
      if (file !== undefined)
        yaml.setIn(['systems', key, name], relative(dirname(to), resolve(dirname(path), file)));
    }
}
