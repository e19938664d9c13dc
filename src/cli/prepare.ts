import { compile, type CompiledChecklist } from '../checklist/compile.js';
import type { Policies } from '../checklist/policies.js';
import { findProfile, fits, loadProfile, narrowed, type LoadedProfile } from '../checklist/profile/index.js';
import { crmContract } from '../contract/crm.js';
import { webshopContract } from '../contract/webshop.js';
import { InputError } from '../document/input-error.js';
import type { DataflowDocument, Diagnostic, Pair } from '../document/model.js';
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
  mayFitInPart?: boolean;
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

/** `isBundled`: nobody named it, and the user cannot change it. */
type Chosen = { profile: LoadedProfile | null; isBundled: boolean };

/** Reads the documents and the profile and compiles them. Errors: `InputError`. */
export async function prepare(input: PrepareInput): Promise<Prepared> {
  const document = await readDocumentFile(input.documentPath);
  const reverse = input.reversePath === null ? null : await readDocumentFile(input.reversePath);
  const { policies = {} } = input;
  const { profile: chosen, isBundled } = await choose(document, input);
  const whole = async (profile: LoadedProfile | null): Promise<Prepared> => {
    const capabilities = await readCapabilities(profile, input.capabilityPaths ?? []);
    const compiled = compile({ document, reverse, profile, contracts: CONTRACTS, capabilities, policies });
    return { document, reverse, profile, compiled };
  };
  if (chosen === null || !(isBundled || input.mayFitInPart === true)) {
    const prepared = await whole(chosen);
    return chosen === null || namesSystemsOf(document, chosen) ? prepared : forOthers(prepared, chosen);
  }
  if (isBundled && document.pairs.some(saysItself))
    return withoutOffer(await whole(null), chosen, 'the tables of the document hold rows of their own');
  try {
    return await whole(narrowed(chosen, document));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return withoutOffer(await whole(null), chosen, error.message);
  }
}

const saysItself = ({ propertyRows, mergeRows }: Pair) => propertyRows.length > 0 || mergeRows.length > 0;

async function choose(document: DataflowDocument, input: PrepareInput): Promise<Chosen> {
  const { profile: given, profilePath } = input;
  if (given !== undefined) return { profile: given, isBundled: false };
  const own =
    profilePath === null ? await findProfile(document, process.cwd()) : await loadProfile(profilePath);
  if (own !== null) return { profile: own, isBundled: false };
  return { profile: await findProfile(document, bundledProfiles()), isBundled: true };
}

/** A document that leaves out the name of a system is any profile's. */
const namesSystemsOf = (document: DataflowDocument, profile: LoadedProfile): boolean =>
  document.systems.source === '' || document.systems.target === '' || fits(document, profile);

function forOthers(prepared: Prepared, { path, profile }: LoadedProfile): Prepared {
  const { source, target } = prepared.document.systems;
  const named = Object.values(profile.systems).map(({ names }) => names.join(' or '));
  return withFinding(prepared, {
    severity: 'warning',
    code: 'profile-for-other-systems',
    line: 1,
    message: `the profile ${shown(path)} is for ${named.join(' and ')}, the document for ${source} and ${target}`,
    remedy: 'name the profile that is meant, or add these names to its systems',
    words: prepared.document.title,
  });
}

function withFinding(prepared: Prepared, found: Diagnostic): Prepared {
  const { compiled } = prepared;
  return { ...prepared, compiled: { ...compiled, diagnostics: [found, ...compiled.diagnostics] } };
}

function withoutOffer(prepared: Prepared, { path }: LoadedProfile, why: string): Prepared {
  return withFinding(prepared, {
    severity: 'info',
    code: 'profile-left-aside',
    line: 1,
    message: `The profile ${shown(path)} names these systems, but does not fit: ${why}`,
    remedy: 'write a profile of your own with syncproof init',
    words: prepared.document.title,
  });
}
