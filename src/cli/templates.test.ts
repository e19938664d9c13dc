import { expect, test } from 'vitest';
import { initProfile } from '../checklist/init.js';
import { parseProfile } from '../checklist/profile/load.js';
import { bundledDocument } from './package-root.js';
import { prepare } from './prepare.js';
import { readTemplates, templateNames } from './templates.js';
import { UsageError } from './usage-error.js';

const input = { documentPath: bundledDocument(), reversePath: null, profilePath: null };
const KEYS = ['webshop', 'crm'];

test.each(templateNames())(
  'a profile that begins with %s is valid and describes both systems',
  async (name) => {
    const { document, compiled } = await prepare({ ...input, profile: null });

    const text = initProfile(document, compiled, readTemplates([name], KEYS));
    const again = await prepare({ ...input, profile: parseProfile(text, 'p.yaml') });

    const { a, b } = again.compiled.plan.systems;
    expect([a.api.baseUrlEnv, b.api.baseUrlEnv]).toEqual(['WEBSHOP_URL', 'CRM_URL']);
    expect(text).not.toContain('SYSTEM_');
  },
);

test('each system can begin with a template of its own', async () => {
  const { document, compiled } = await prepare({ ...input, profile: null });

  const text = initProfile(document, compiled, readTemplates(['crm=oauth-cursor'], KEYS));

  const { systems } = parseProfile(text, 'p.yaml').profile;
  expect([systems['webshop']?.api, systems['crm']?.api?.auth?.kind]).toEqual([
    undefined,
    'client-credentials',
  ]);
});

test.each([
  ['soap', 'there is no template soap'],
  ['erp=bearer-page', '--template erp=bearer-page names no system'],
])('--template %s is one clear error', (given, message) => {
  expect(() => readTemplates([given], KEYS)).toThrow(UsageError);
  expect(() => readTemplates([given], KEYS)).toThrow(message);
});
