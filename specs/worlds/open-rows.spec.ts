import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/checklist/compile.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { runCheck } from '../../src/checks/run-check.js';
import { bundledDocument, bundledProfiles } from '../../src/cli/package-root.js';
import { CONTRACTS, prepare } from '../../src/cli/prepare.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from './in-process-world.js';
import { compileText, judgeText, verdictsOf } from './judge-text.js';
import { linkFirst, writeDocument } from './write-document.js';

test('without rows for the order its creation and linking are verified all the same', async () => {
  const profile = parseProfile(readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8'), 'p.yaml');
  for (const pair of profile.profile.pairs) if (pair.source === 'Order') pair.rows = [];
  const { document } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
  });
  const { checks, plan } = compile({ document, reverse: null, profile, contracts: CONTRACTS });
  const target = referenceTarget(plan, 'direct');

  const verdicts = new Map<string, number>();
  for (const check of checks.filter((one) => one.pair === 'order')) {
    const { verdict } = await runCheck(check, plan, target, checkSeed(1, check.id));
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }

  expect(Object.fromEntries(verdicts)).toEqual({ verified: 19, 'not-testable': 3 });
});

test('a row with a blank side says so', () => {
  const text = writeDocument('Kiosk', 'Depot', [
    {
      pair: ['Stall', 'Parcel'],
      rows: [
        ['', 'note'],
        ['title', ''],
      ],
    },
  ]);

  const reasons = compileText({ text })
    .checks.filter(({ id }) => id.includes('/properties/'))
    .flatMap(({ notTestable }) => notTestable?.reason ?? []);

  expect(reasons).toContain('the row names no property of the Stall');
  expect(reasons).toContain('the row names no property of the Parcel');
});

test('a key that is spelt e_mail matches in any case', () => {
  const text = writeDocument('Kiosk', 'Depot', [
    { pair: ['Stall', 'Parcel'], merge: [['e_mail', 'e_mail']], rows: [['name', 'name']] },
  ]);

  expect(compileText({ text }).plan.pairs[0]?.match[0]?.parts[0]?.normalise).toBe('case-insensitive');
});

test.each([
  ['a link comes first', [linkFirst('Kiosk Stall', 'Depot Parcel')], [['email', 'email']]],
  ['a link is made by hand', [linkFirst('Kiosk Stall', 'Depot Parcel')], []],
] as [string, string[], [string, string][]][])(
  'the systems as such are checked, also where no record is created since %s',
  async (_why, opening, merge) => {
    const text = writeDocument('Kiosk', 'Depot', [
      {
        pair: ['Stall', 'Parcel'],
        opening,
        merge,
        rows: [
          ['name', 'name'],
          ['email', 'email'],
        ],
      },
    ]);

    const verdicts = verdictsOf(
      await judgeText({ text }, ['two-tenants', 'expired-credential', '/log', 'skewed-clock']),
    );

    expect(Object.values(verdicts)).toEqual(['verified', 'verified', 'verified', 'verified', 'verified']);
  },
);
