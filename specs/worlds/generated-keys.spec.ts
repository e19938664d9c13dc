import { expect, test } from 'vitest';
import { judgeText, verdictsOf } from './judge-text.js';
import { linkFirst, writeDocument } from './write-document.js';

/** Found by judging generated documents, as those of `generated-findings`: what concerns the match keys. */
const SEEDS = [1, 2, 3];

test('records that a match alone links agree in a key that another row would feed under a condition', async () => {
  const text = writeDocument('Kiosk', 'Depot', [
    {
      pair: ['Stall', 'Parcel'],
      opening: [linkFirst('Kiosk Stall', 'Depot Parcel')],
      merge: [['email', 'email']],
      rows: [
        ['email', 'email'],
        ['lastName', 'email (Dependant on having SE in kind)'],
      ],
    },
  ]);

  const verdicts = verdictsOf(await judgeText({ text }, ['/keep-in-sync/'], SEEDS));

  expect(Object.values(verdicts).length).toBeGreaterThan(20);
  expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'verified')).toEqual([]);
});

test('a key that is carried under a condition promises no match to a record that is created again', async () => {
  const rows: [string, string][] = [
    ['dueDate (Dependant on having NO in kind)', 'due'],
    ['email (Dependant on having SE in kind)', 'email'],
  ];
  const pair: [string, string] = ['Stall', 'Parcel'];
  const conditioned = writeDocument('Kiosk', 'Depot', [{ pair, merge: [['email', 'email']], rows }]);
  const plain = writeDocument('Kiosk', 'Depot', [
    { pair, merge: [['email', 'email']], rows: [['email', 'email']] },
  ]);
  const again = ['recreate-after-delete'];

  expect(verdictsOf(await judgeText({ text: conditioned }, again))).toEqual({});
  expect(Object.values(verdictsOf(await judgeText({ text: plain }, again)))).toEqual(['verified']);
});
