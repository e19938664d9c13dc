import { compile, type CompiledChecklist } from '../checklist/compile.js';
import { findProfile, loadProfile, type LoadedProfile } from '../checklist/profile/index.js';
import { crmContract } from '../contract/crm.js';
import { webshopContract } from '../contract/webshop.js';
import type { DataflowDocument } from '../document/model.js';
import { readDocumentFile } from '../document/read-file.js';
import { readCapabilities } from './capability-files.js';
import { bundledProfiles } from './package-root.js';

export type PrepareInput = {
  documentPath: string;
  reversePath: string | null;
  profilePath: string | null;
  /** A profile that is loaded already; it is then not looked for. */
  profile?: LoadedProfile | null;
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

/** Reads the documents and the profile and compiles them. Errors: `InputError`. */
export async function prepare(input: PrepareInput): Promise<Prepared> {
  const document = await readDocumentFile(input.documentPath);
  const reverse = input.reversePath === null ? null : await readDocumentFile(input.reversePath);
  const profile = input.profile === undefined ? await profileFor(document, input.profilePath) : input.profile;
  const capabilities = await readCapabilities(profile, input.capabilityPaths ?? []);
  const compiled = compile({ document, reverse, profile, contracts: CONTRACTS, capabilities });
  return { document, reverse, profile, compiled };
}

async function profileFor(document: DataflowDocument, path: string | null): Promise<LoadedProfile | null> {
  if (path !== null) return loadProfile(path);
  return findProfile(document, [process.cwd(), bundledProfiles()]);
}
