import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Policies } from '../../checklist/policies.js';
import type { MakeBreakage } from '../../drivers/breakage.js';
import type { Target } from '../../drivers/ports.js';
import { InputError } from '../../document/input-error.js';
import { FAULTS } from '../../proof/faults/catalogue.js';
import { variantOf } from '../../proof/variants.js';
import { specFolder } from '../package-root.js';
import { prepare, type Prepared } from '../prepare.js';
import { prepareVariant } from '../proof-suite.js';

/** What histories are played against, as plain data: each thread makes its own scene of it. */
export type Setting = {
  /** Null for the bundled document, or that of the fault. */
  documentPath: string | null;
  profilePath: string | null;
  policies: Partial<Policies>;
  fault: number | null;
};

export type Scene = { plan: SyncPlan; target: Target; correct: Target };

type Worlds = {
  referenceTarget(plan: SyncPlan, via: 'direct', options: { breakage?: MakeBreakage }): Target;
};

const scenes = new Map<string, Promise<Scene>>();

/** The compiled plan and the sync to play against; made once in a thread. Errors: `InputError`. */
export function sceneOf(setting: Setting): Promise<Scene> {
  const key = JSON.stringify(setting);
  const scene = scenes.get(key) ?? makeScene(setting);
  scenes.set(key, scene);
  return scene;
}

async function makeScene(setting: Setting): Promise<Scene> {
  const fault = FAULTS.find((one) => one.id === setting.fault);
  const { compiled } = await preparedFor(setting);
  if (compiled.plan.pairs.length === 0)
    throw new InputError({
      code: 'no-pairs',
      message: 'there is nothing to play',
      where: setting.documentPath ?? 'the bundled document',
      expected: 'a document with a section of two entities that are synchronised',
      found: 'none',
      remedy: 'syncproof inspect tells what the document holds',
    });
  const worlds = (await import(pathToFileURL(join(specFolder(), 'in-process-world.js')).href)) as Worlds;
  const target = worlds.referenceTarget(compiled.plan, 'direct', { breakage: fault?.make });
  return { plan: compiled.plan, target, correct: worlds.referenceTarget(compiled.plan, 'direct', {}) };
}

async function preparedFor({ documentPath, profilePath, policies, fault }: Setting): Promise<Prepared> {
  if (documentPath === null && profilePath === null) {
    const known = FAULTS.find((one) => one.id === fault);
    return prepareVariant(variantOf({ suite: known?.suite, policies: { ...known?.policies, ...policies } }));
  }
  if (documentPath === null) throw new Error('a profile is given without its document');
  return prepare({ documentPath, reversePath: null, profilePath, policies });
}
