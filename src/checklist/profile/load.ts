import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { JsonObject } from '../../contract/field.js';
import { InputError } from '../../document/input-error.js';
import { knownKeys } from './known-keys.js';
import { nearest } from './nearest.js';
import { readOpenApi } from './openapi-file.js';
import { profileJsonSchema, profileSchema, type Profile } from './schema.js';

export type LoadedProfile = {
  path: string;
  profile: Profile;
  lineOf: (path: PropertyKey[]) => number;
  /** The OpenAPI documents that the profile names, by the keys of their systems. */
  openapi?: ReadonlyMap<string, JsonObject>;
};

const MOST_SHOWN = 60;

/** Reads a profile. Errors: `InputError` with file and line for what is no YAML or breaks the schema. */
export async function loadProfile(path: string): Promise<LoadedProfile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError({
      code: 'unreadable-profile',
      message: `the profile ${path} cannot be read`,
      where: path,
      expected: 'a readable YAML file',
      found: error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message),
      remedy: 'check the path given with --profile, or make one with syncproof init',
    });
  });
  const loaded = parseProfile(text, path);
  return { ...loaded, openapi: await readOpenApiFiles(loaded) };
}

async function readOpenApiFiles(loaded: LoadedProfile): Promise<Map<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  for (const [key, { openapi }] of Object.entries(loaded.profile.systems)) {
    if (openapi === undefined) continue;
    const path = resolve(dirname(loaded.path), openapi);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new InputError({
        code: 'unreadable-openapi',
        message: `the OpenAPI file ${openapi} cannot be read`,
        where: `${loaded.path}:${loaded.lineOf(['systems', key, 'openapi'])}`,
        expected: 'a readable JSON or YAML file beside the profile',
        found: error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message),
        remedy: 'correct the path; it begins at the profile',
      });
    });
    found.set(key, readOpenApi(text, openapi));
  }
  return found;
}

/** The profile in a text; see `loadProfile`. */
export function parseProfile(text: string, path: string): LoadedProfile {
  const counter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: counter });
  const [broken] = yaml.errors;
  if (broken !== undefined) {
    throw new InputError({
      code: 'profile-no-yaml',
      message: `the profile is no YAML: ${broken.message.split('\n')[0] ?? ''}`,
      where: `${path}:${counter.linePos(broken.pos[0]).line}`,
      expected: 'YAML',
      found: broken.code,
      remedy: 'mend the line; editors with the published schema show such mistakes',
    });
  }
  const lineOf = (at: PropertyKey[]) => lineAt(yaml, counter, at);
  // Read once: making code for the schemas takes longer than it saves.
  const result = profileSchema.safeParse(yaml.toJS() ?? {}, { jitless: true });
  if (result.success) return { path, profile: result.data, lineOf };
  const issue = result.error.issues[0];
  const at = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const place = unknown === undefined ? at : [...at, unknown];
  throw new InputError({
    code: 'profile-invalid',
    where: `${path}:${lineOf(place)}`,
    ...(unknown === undefined
      ? notValid(issue?.message ?? '', at, yaml.getIn(at))
      : { found: dotted(place), ...unknownEntry(unknown, at) }),
  });
}

const dotted = (path: PropertyKey[]) => path.map(String).join('.');

const BUILT_IN = /^Invalid (?:input|option): expected (.*?)(?:, received \w+)?$/;

/** What the schema says in words of its own is told as it is; what its library says is told by what stands there. */
function notValid(message: string, at: PropertyKey[], value: unknown) {
  const remedy = 'correct the entry';
  const expected = BUILT_IN.exec(message)?.[1]?.replaceAll('"|"', '", "');
  return expected === undefined
    ? { message: `the profile is not valid: ${message}`, expected: message, found: dotted(at), remedy }
    : {
        message: `the profile is not valid${at.length === 0 ? '' : ` at ${dotted(at)}`}`,
        expected,
        found: shown(value, at),
        remedy,
      };
}

/** What stands in a profile, in short; a text under `systems` is never shown, since it may be a secret by mistake. */
function shown(value: unknown, at: PropertyKey[]): string {
  if (value === undefined) return 'nothing';
  if (isSeq(value)) return `a list of ${value.items.length}`;
  if (isMap(value)) return 'a mapping';
  if (typeof value === 'string' && at[0] === 'systems') return 'another text';
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

const unknownEntry = (entry: string, at: PropertyKey[]) => {
  const known = knownKeys(profileJsonSchema(), at);
  return {
    message: `the profile has an unknown entry "${entry}"`,
    expected: `one of ${known.join(', ')}`,
    remedy: suggestion(entry, known),
  };
};

const suggestion = (word: string, known: string[]) => {
  const near = nearest(word, known);
  return near === null ? 'remove the entry' : `did you mean "${near}"?`;
};

function lineAt(yaml: Document, counter: LineCounter, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}
