import { afterEach, expect, test, vi } from 'vitest';
import { judgeText, verdictsOf } from './judge-text.js';
import { ifConnected, linkFirst, writeDocument, type SectionWords } from './write-document.js';

/** Found by judging generated documents together with their reverse: the reference is right, and the check was not. */
const SEEDS = [1, 2, 3];

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A document and the reverse of it, which swaps the sides of every row; the openings are given for each. */
function bothWays(opening: string[] | undefined, rows: NonNullable<SectionWords['rows']>) {
  const turned = rows.map(([source, target, type]): [string, string, string] => [
    target,
    source,
    type ?? '"string"',
  ]);
  return {
    text: writeDocument('Kiosk', 'Depot', [
      { pair: ['Stall', 'Parcel'], rows, ...(opening === undefined ? {} : { opening }) },
    ]),
    reverse: writeDocument('Depot', 'Kiosk', [{ pair: ['Parcel', 'Stall'], rows: turned }]),
  };
}

const STAMP = '"datetime-format","%Y-%m-%dT%H:%M:%S","_."]';

test.each(['UTC', 'Europe/Oslo', 'America/New_York'])(
  'one property that goes to two, to one of them in a format, is created in both directions in %s',
  async (zone) => {
    vi.stubEnv('TZ', zone);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    const input = bothWays(undefined, [
      ['closed_at', 'note'],
      ['closed_at', 'closedAt', STAMP],
      ['name', 'name'],
    ]);

    const verdicts = verdictsOf(await judgeText(input, ['/closed-at', 'created-back'], SEEDS));

    expect(Object.keys(verdicts)).toContain('stall-to-parcel/properties/depot-to-kiosk/closed-at-2/back');
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'verified')).toEqual([]);
  },
);

test('a conditioned row comes first once it has a value, also where the record began without one', async () => {
  const input = bothWays(
    [linkFirst('Kiosk Stall', 'Depot Parcel')],
    [
      ['Notes (Dependant on having mobile in phone_numbers.kind)', 'variants.notes'],
      ['AccountManager', 'variants.notes'],
    ],
  );

  const verdicts = verdictsOf(await judgeText(input, ['/precedence'], SEEDS));

  expect(verdicts).toEqual({ 'stall-to-parcel/properties/kiosk-to-depot/notes/precedence': 'verified' });
});

test('what comes of a record that is referred to is not taken for a counterpart', async () => {
  const [a, b] = ['Kiosk Vendor', 'Depot Project'];
  const rows: [string, string][] = [
    ['name', 'title'],
    ['email', 'email'],
  ];
  const turned = rows.map(([own, far]): [string, string] => [far, own]);
  const input = {
    text: writeDocument('Kiosk', 'Depot', [
      { pair: ['Vendor', 'Project'], opening: [linkFirst(a, b)], merge: [['email', 'email']], rows },
      { pair: ['Item', 'User'], rows: [['code', 'code']] },
      { pair: ['Vendor', 'User'], rows: [['city', 'city']] },
    ]),
    reverse: writeDocument('Depot', 'Kiosk', [
      {
        pair: ['Project', 'Vendor'],
        opening: [linkFirst(b, a), ifConnected(b, a, 'Depot User', 'Kiosk')],
        merge: [['email', 'email']],
        rows: turned,
      },
      { pair: ['User', 'Item'], rows: [['code', 'code']] },
      { pair: ['User', 'Vendor'], rows: [['city', 'city']] },
    ]),
  };

  const verdicts = verdictsOf(await judgeText(input, ['vendor-to-project/create-connected'], SEEDS));

  expect(verdicts).toMatchObject({
    'vendor-to-project/create-connected/depot-to-kiosk/connected-back': 'verified',
  });
  expect(Object.values(verdicts).filter((verdict) => verdict !== 'verified')).toEqual([]);
});
