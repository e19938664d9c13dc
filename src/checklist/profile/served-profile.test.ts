import { expect, test } from 'vitest';
import { parseProfile } from './load.js';
import { derivedWithRemote, isServedProfile, withRemote, type RemoteEntry } from './served-profile.js';

const REMOTE: RemoteEntry = {
  systems: {
    shop: { baseUrl: 'http://127.0.0.1:1', credentials: { key: 'SHOP_KEY' } },
    crm: { baseUrl: 'http://127.0.0.1:2', credentials: { clientId: 'CRM_ID', clientSecret: 'CRM_SECRET' } },
  },
  sync: { kind: 'none', status: 'http://127.0.0.1:3/status', links: 'http://127.0.0.1:3/links' },
};
const TEXT = `# yaml-language-server: $schema=../schema.json
# What the document leaves open.
systems:
  shop: { names: [Shop], openapi: ./api/shop.json }
  crm: { names: [CRM] } # the old one
policies: { tie: a, conflict: newest-edit }
pairs:
  - { source: Person, target: Contact }
  - { source: Item, target: Product }
`;
const loaded = () => parseProfile(TEXT, '/own/p.yaml');
const read = (text: string) => parseProfile(text, '/out/w.yaml').profile;

test('a profile keeps all that it says and its comments, and gets the entry', () => {
  const text = withRemote({ text: TEXT, loaded: loaded() }, REMOTE, '/own/w.yaml');
  const { remote, ...rest } = read(text);

  expect(isServedProfile(text)).toBe(true);
  expect(text).toContain('# What the document leaves open.\n');
  expect(text).toContain('# the old one\n');
  expect(text).not.toContain('$schema');
  expect(remote).toMatchObject(REMOTE);
  expect({ ...rest, remote: undefined }).toEqual({
    ...loaded().profile,
    systems: {
      ...loaded().profile.systems,
      shop: { names: ['Shop'], contract: 'derived', openapi: 'api/shop.json' },
    },
    remote: undefined,
  });
});

test('files that a profile names are found from the new place', () => {
  const text = withRemote({ text: TEXT, loaded: loaded() }, REMOTE, '/out/w.yaml');

  expect(read(text).systems['shop']?.openapi).toBe('../own/api/shop.json');
});

test('only the pairs and the policies that are in use are written', () => {
  const { profile, ...rest } = loaded();
  const used = {
    ...rest,
    profile: {
      ...profile,
      pairs: profile.pairs.slice(1),
      policies: { ...profile.policies, tie: 'b' as const, delete: 'unlink' as const },
    },
  };
  const { pairs, policies } = read(withRemote({ text: TEXT, loaded: used }, REMOTE, '/out/w.yaml'));

  expect(pairs.map(({ source }) => source)).toEqual(['Item']);
  expect(policies).toEqual({ tie: 'b', conflict: 'newest-edit', delete: 'unlink' });
});

test('a profile in JSON gets the entry too', () => {
  const json = JSON.stringify({ systems: { shop: { names: ['Shop'] }, crm: { names: ['CRM'] } } });
  const text = withRemote({ text: json, loaded: parseProfile(json, '/own/p.yaml') }, REMOTE, '/own/w.yaml');

  expect(read(text).remote).toMatchObject(REMOTE);
});

test('without a profile both systems are left to the document, the source first', () => {
  const text = derivedWithRemote(
    [
      { key: 'shop', name: 'Shop: "A"' },
      { key: 'crm', name: 'yes' },
    ],
    REMOTE,
  );
  const { systems, remote } = read(text);

  expect(isServedProfile(text)).toBe(true);
  expect(Object.entries(systems)).toEqual([
    ['shop', { names: ['Shop: "A"'], contract: 'derived' }],
    ['crm', { names: ['yes'], contract: 'derived' }],
  ]);
  expect(remote).toMatchObject(REMOTE);
});
