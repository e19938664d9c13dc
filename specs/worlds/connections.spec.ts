import { expect, test } from 'vitest';
import { referenceTarget } from './in-process-world.js';
import { compileText, judgeText, verdictsOf } from './judge-text.js';
import { ifConnected, linkFirst, writeDocument, type SectionWords } from './write-document.js';

/** A section whose records are created only when they are connected to another entity that is synchronised. */
const connected = (source: string, target: string, to: string): SectionWords => ({
  pair: [source, target],
  opening: [
    `Every Kiosk ${source} will be synchronized with a Depot ${target}.`,
    ifConnected(`Kiosk ${source}`, `Depot ${target}`, `Kiosk ${to}`, 'Depot'),
  ],
  rows: [['name', 'title']],
});
const plain = (source: string, target: string): SectionWords => ({
  pair: [source, target],
  rows: [['name', 'title']],
});

async function redOf(sections: SectionWords[], only: string[]) {
  const outcomes = await judgeText({ text: writeDocument('Kiosk', 'Depot', sections) }, only, [1]);
  const verdicts = Object.entries(verdictsOf(outcomes));
  return {
    verified: verdicts.filter(([, verdict]) => verdict === 'verified').length,
    red: verdicts.filter(([, verdict]) => /^(?:failed|error)/.test(verdict)),
  };
}

test('records of two sections that wait for each other begin through another section of one of the two', async () => {
  const sections = [
    connected('Stall', 'Parcel', 'Clerk'),
    connected('Clerk', 'Item', 'Stall'),
    plain('Clerk', 'Person'),
  ];

  const { verified, red } = await redOf(sections, ['stall-to-parcel/', 'clerk-to-item/']);

  expect(red).toEqual([]);
  expect(verified).toBeGreaterThan(80);
});

test('records that are connected through a chain begin at its end', async () => {
  const sections = [
    connected('Stall', 'Parcel', 'Clerk'),
    connected('Clerk', 'Person', 'Shift'),
    plain('Shift', 'Slot'),
  ];

  const { verified, red } = await redOf(sections, ['stall-to-parcel/']);

  expect(red).toEqual([]);
  expect(verified).toBeGreaterThan(40);
});

test('a circle that nothing breaks is begun by someone who links two records, where the target lets him', async () => {
  const text = writeDocument('Kiosk', 'Depot', [
    connected('Stall', 'Parcel', 'Clerk'),
    connected('Clerk', 'Item', 'Stall'),
  ]);

  const verdicts = Object.values(verdictsOf(await judgeText({ text }, ['/connected'], [1])));

  expect(verdicts).toEqual(['verified', 'verified', 'verified', 'verified']);
  expect(compileText({ text }).diagnostics.map(({ code }) => code)).toContain('connected-in-a-circle');
});

test('a record is not connected through another section of its own two entities, which makes a second counterpart', async () => {
  const sections = [connected('Clerk', 'Person', 'Clerk'), plain('Clerk', 'Person')];

  const { verified, red } = await redOf(sections, ['clerk-to-person/']);

  expect(red).toEqual([]);
  expect(verified).toBeGreaterThan(40);
});

test('a record that waits for one of several counterparts goes on with the first that comes', async () => {
  const text = writeDocument('Kiosk', 'Depot', [
    {
      pair: ['Clerk', 'Person'],
      opening: [linkFirst('Kiosk Clerk', 'Depot Person')],
      rows: [['name', 'title']],
    },
    {
      pair: ['Clerk', 'Item'],
      opening: [linkFirst('Kiosk Clerk', 'Depot Item')],
      merge: [['sku', 'code']],
      rows: [['name', 'title']],
    },
    connected('Stall', 'Parcel', 'Clerk'),
  ]);
  const { plan } = compileText({ text });
  const world = await referenceTarget(plan, 'direct').open(
    plan.pairs.map(({ slug }) => slug),
    1,
  );
  const clerk = await world.a.create('Clerk', { name: 'Ada', sku: 'K1' });
  await world.a.create('Stall', { name: 'North', connected_clerk: Number(clerk.id) });
  await world.sync.settle();
  const before = await world.b.list('Parcel');
  await world.b.create('Item', { title: 'Ada', code: 'K1' });

  await world.sync.settle();

  expect([before.length, (await world.b.list('Parcel')).length]).toEqual([0, 1]);
  await world.close();
});
