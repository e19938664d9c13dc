import type { TextInput } from './judge-text.js';
import { ifConnected, linkFirst, writeDocument, type SectionWords } from './write-document.js';

export const ROWS: [string, string][] = [
  ['name', 'title'],
  ['email', 'email'],
];
export const BACK_ROWS = ROWS.map(([a, b]): [string, string] => [b, a]);
export const MERGE: [string, string][] = [['email', 'email']];

/** A kiosk's stalls and a depot's parcels; `there` and `back` are the openings of the two documents. */
export function couple(
  there: SectionWords,
  back: SectionWords,
  more: SectionWords[][] = [[], []],
): TextInput {
  return {
    text: writeDocument('Kiosk', 'Depot', [{ rows: ROWS, ...there }, ...(more[0] ?? [])]),
    reverse: writeDocument('Depot', 'Kiosk', [{ rows: BACK_ROWS, ...back }, ...(more[1] ?? [])]),
  };
}

export const EVERY = couple(
  { pair: ['Stall', 'Parcel'], merge: MERGE },
  { pair: ['Parcel', 'Stall'], merge: MERGE },
);
export const LINK_FIRST = couple(
  { pair: ['Stall', 'Parcel'], merge: MERGE },
  { pair: ['Parcel', 'Stall'], opening: [linkFirst('Depot Parcel', 'Kiosk Stall')], merge: MERGE },
);
export const CONNECTED = couple(
  { pair: ['Stall', 'Parcel'] },
  {
    pair: ['Parcel', 'Stall'],
    opening: [
      linkFirst('Depot Parcel', 'Kiosk Stall'),
      ifConnected('Depot Parcel', 'Kiosk Stall', 'Depot Crate', 'Kiosk'),
    ],
  },
  [
    [{ pair: ['Shelf', 'Crate'], rows: [['code', 'code']] }],
    [{ pair: ['Crate', 'Shelf'], rows: [['code', 'code']] }],
  ],
);
export const WHEN: TextInput = {
  ...couple(
    { pair: ['Stall', 'Parcel'] },
    {
      pair: ['Parcel', 'Stall'],
      opening: ['When a Depot Parcel is ready to go, it  will be synchronized with a Kiosk Stall.'],
    },
  ),
  profile: [
    'systems:',
    '  kiosk: { names: [Kiosk], contract: derived }',
    '  depot: { names: [Depot], contract: derived }',
    'pairs:',
    '  - source: Stall',
    '    target: Parcel',
    '    back: { when: { path: title, equals: ready, meets: ready, fails: waiting } }',
  ].join('\n'),
};
