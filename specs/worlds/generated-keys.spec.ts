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
