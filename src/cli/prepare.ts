import { compile, type CompiledChecklist } from '../checklist/compile.js';
import type { Policies } from '../checklist/policies.js';
import { findProfile, loadProfile, narrowed, type LoadedProfile } from '../checklist/profile/index.js';
import { crmContract } from '../contract/crm.js';
import { webshopContract } from '../contract/webshop.js';
import { InputError } from '../document/input-error.js';
import type { DataflowDocument } from '../document/model.js';
import { readDocumentFile } from '../document/read-file.js';
import { readCapabilities } from './capability-files.js';
import { bundledProfiles, shown } from './package-root.js';

export type PrepareInput = {
  documentPath: string;
  reversePath: string | null;
  profilePath: string | null;
  /** A profile that is loaded already; it is then not looked for. */
  profile?: LoadedProfile | null;
  /** The profile was written for another generation of the document; what does not fit is left aside. */
  isOffered?: boolean;
  /** Policies in place of those that the profile sets for all pairs. */
  policies?: Partial<Policies>;
  /** Files of what providers lack, beside those that the profile names. */
  capabilityPaths?: string[];
};

/** Everything a run starts from; the same in the main process and in a worker. */
export type Prepared = {
  document: DataflowDocument;
  reverse: DataflowDocument | null;
  profile: LoadedProfile | null;
  compiled: CompiledChecklist;
};

export const CONTRACTS = { webshop: webshopContract, crm: crmContract };

/** `isOffered`: nobody named it, so that it may fit in part, or not at all. */
type Chosen = { profile: LoadedProfile | null; isOffered: boolean };

/** Reads the documents and the profile and compiles them. Errors: `InputError`. */
export async function prepare(input: PrepareInput): Promise<Prepared> {
  const document = await readDocumentFile(input.documentPath);
  const reverse = input.reversePath === null ? null : await readDocumentFile(input.reversePath);
  const { policies = {} } = input;
  const { profile: chosen, isOffered } = await choose(document, input);
  const whole = async (profile: LoadedProfile | null): Promise<Prepared> => {
    const capabilities = await readCapabilities(profile, input.capabilityPaths ?? []);
    const compiled = compile({ document, reverse, profile, contracts: CONTRACTS, capabilities, policies });
    return { document, reverse, profile, compiled };
  };
  if (chosen === null || !isOffered) return whole(chosen);
  try {
    return await whole(narrowed(chosen, document));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return withoutOffer(await whole(null), chosen, error);
  }
}

async function choose(document: DataflowDocument, input: PrepareInput): Promise<Chosen> {
  if (input.profile !== undefined) return { profile: input.profile, isOffered: input.isOffered ?? false };
  const { profilePath } = input;
  const own = await (profilePath === null ? findProfile(document, process.cwd()) : loadProfile(profilePath));
  const profile = own ?? (await findProfile(document, bundledProfiles()));
  return { profile, isOffered: input.isOffered ?? own === null };
}

function withoutOffer(prepared: Prepared, { path }: LoadedProfile, why: InputError): Prepared {
  const { compiled } = prepared;
  const left = {
    severity: 'info',
    code: 'profile-left-aside',
    line: 1,
    message: `The profile ${shown(path)} names these systems, but does not fit: ${why.message}`,
    remedy: 'write a profile of your own with syncproof init',
    words: prepared.document.title,
  } as const;
  return { ...prepared, compiled: { ...compiled, diagnostics: [left, ...compiled.diagnostics] } };
}
