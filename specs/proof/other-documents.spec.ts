import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { playRun } from '../../src/proof/simulation/simulate.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** Histories are judged on any document, whatever its rows share: not on the bundled one alone. */
const FIXTURES = join(packageRoot(), 'fixtures');
const documents = ['dataflows/forms', 'proof'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => name.endsWith('.rst') && !name.startsWith('rich'))
    .map((name) => join(FIXTURES, folder, name)),
);
const prepared = await Promise.all(
  documents.map(async (documentPath) => ({
    name: documentPath.slice(FIXTURES.length + 1),
    plan: (await prepare({ documentPath, reversePath: null, profilePath: null })).compiled.plan,
  })),
);
const HISTORIES = 40;

test.each(prepared.filter(({ plan }) => plan.pairs.length > 0))(
  '$name: no history fails',
  async ({ plan }) => {
    const input = { plan, target: referenceTarget(plan, 'direct'), seed: 11, length: 30 };

    const failed: string[] = [];
    for (let run = 0; run < HISTORIES; run++) {
      const { verdict, reason } = await playRun(input, run);
      if (verdict === 'fail') failed.push(`${run}: ${reason ?? ''}`);
    }

    expect(failed).toEqual([]);
  },
);
