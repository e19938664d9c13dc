import { expect, test } from 'vitest';
import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import { SystemError } from '../../drivers/ports.js';
import { NotTestableHere } from '../failure.js';
import { carryToB } from '../testing/small-world.js';
import { problemsWith, scenarioWorld } from '../testing/scenario-world.js';
import { createSparse, deletedReference, linkUnicode, recreateAfterDelete } from './identity.js';

const row = (path: string) => ({ slug: path, a: path, b: path });

const OWNER = row('status');
const NAME = { ...row('name'), transform: { kind: 'identity' }, direction: 'both' } as MappedRow;
const COMPANY: Partial<PairPlan> = { slug: 'company', entity: { a: 'Company', b: 'Account' } };

test('a sparse record keeps what the condition of its creation asks for', async () => {
  const condition = { path: 'status', equals: 'open', meets: 'open', fails: 'closed' };
  const { context, a } = scenarioWorld({
    rows: [row('name'), row('status')],
    pair: { creation: { a: { kind: 'when', condition }, b: null } },
  });

  await createSparse(context);

  expect(a.held.get('1')).toMatchObject({ status: 'open', name: null });
});

test('a sparse record keeps what it must be connected to', async () => {
  const { context, a, b } = scenarioWorld({
    rows: [row('name'), OWNER],
    pair: { creation: { a: { kind: 'connected', to: [{ pair: 'company', path: 'status' }] }, b: null } },
    others: [{ ...COMPANY, creation: { a: { kind: 'every' }, b: null } }],
  });
  const isOf = (entity: string, id: string) => (id === 'of-1') === (entity === 'Account');
  b.list = async (entity = '') =>
    [...b.held]
      .filter(([id]) => isOf(entity, id))
      .map(([id, fields]) => ({ id, fields, updatedAt: null, version: null }));

  await createSparse(context);

  expect(a.held.get('2')).toMatchObject({ status: '1', name: null });
});

test('a record whose reference was deleted may be reported where deletions are carried on', async () => {
  const { context } = scenarioWorld({
    rows: [row('name'), { ...OWNER, transform: { kind: 'reference', pair: 'company' } }],
    policies: { delete: 'propagate' },
    others: [{ ...COMPANY, rows: [NAME] }],
    sync: { status: async () => problemsWith('3') },
  });

  await deletedReference(context);

  expect(context.subject.aId).toBe('3');
});

/** A pair with a match key in which a record of b cannot be made. */
function refusing(error: Error) {
  const parts = [{ a: 'mobile', b: 'mobile', normalise: 'none' as const }];
  const { context, b } = scenarioWorld({
    rows: [row('name'), row('mobile')],
    pair: { match: [{ slug: 'mobile', parts, line: null, origin: 'document' }] },
  });
  b.create = () => Promise.reject(error);
  return context;
}

const answered = (status: number) => new SystemError('CRM', 'POST', '/contacts', status, 'no such letter');

test.each([[400], [422]])('a system that refuses accented letters with %s makes no check', async (status) => {
  await expect(linkUnicode(refusing(answered(status)))).rejects.toThrow(
    new NotTestableHere(
      'the CRM takes no accented letter in mobile: no such letter',
      'nothing to do: where such values cannot be saved, they need not match',
    ),
  );
});

test.each([
  ['an answer that is no refusal', answered(500)],
  ['anything but an answer', Object.assign(new Error('no connection'), { status: 400 })],
])('an accented letter that cannot be saved for another reason is an error: %s', async (_what, error) => {
  await expect(linkUnicode(refusing(error))).rejects.toBe(error);
});

test('a counterpart that vanishes while it is looked at fails the check', async () => {
  const { context, b } = scenarioWorld({
    work: (systems, rows) => {
      systems.b.held.clear();
      carryToB(systems, rows);
    },
  });
  context.world.sync.runAgain = async () => {
    const [before, after] = [await b.list(), []];
    const answers = [before, after];
    b.list = async () => answers.shift() ?? [];
  };

  await expect(recreateAfterDelete(context)).rejects.toThrow('the CRM Contact  is gone');
});
