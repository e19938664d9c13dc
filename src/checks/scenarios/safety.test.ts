import { expect, test } from 'vitest';
import type { FieldSpec } from '../../contract/field.js';
import { CheckFailure } from '../failure.js';
import { carryToB } from '../testing/small-world.js';
import { scenarioWorld, textField } from '../testing/scenario-world.js';
import { unmappedUntouched, writeBudget } from './safety.js';

type Write = ['a' | 'b', string, string];

/** A sync that makes these writes once an edit of a linked pair is there. */
function writing(...writes: Write[]) {
  const world = scenarioWorld({
    others: [{ slug: 'lead', entity: { a: 'Customer', b: 'Lead' } }],
    work: (systems, rows) => {
      if (systems.a.updates.length > 0) for (const write of writes) world.noteWrite(...write);
      carryToB(systems, rows);
    },
  });
  return world;
}

const CONTACT: Write = ['b', 'Contact', 'of-1'];

test('writes of another pair of the record are not among those of a save', async () => {
  const { context } = writing(CONTACT, ['b', 'Lead', '7']);

  await writeBudget(context);

  expect(context.steps.at(-1)?.text).toBe('Then it costs 1 of 1 writes');
});

test('what a save costs beside the record itself counts', async () => {
  const { context } = writing(CONTACT, ['b', 'Address', '7']);

  await expect(writeBudget(context)).rejects.toThrow(
    new CheckFailure('one save caused 2 writes to the CRM, 1 are declared'),
  );
});

test('a write to where the edit was made fails the check', async () => {
  const { context } = writing(CONTACT, ['a', 'Customer', '1']);

  await expect(writeBudget(context)).rejects.toThrow(
    new CheckFailure('the sync wrote back to the Shop, where the edit was made'),
  );
});

test('within one system nothing is taken for a write back', async () => {
  const { context } = writing(CONTACT, ['a', 'Customer', '1']);
  context.plan.systems.b.name = 'Shop';

  await writeBudget(context);

  expect(context.steps.at(-1)?.text).toBe('Then it costs 1 of 1 writes');
});

test('the note of the owner is not put where the row of a list element writes', async () => {
  const paths = ['name', 'phones[].number', 'phones[].kind', 'fax'];
  const fields: FieldSpec[] = paths.map((path) => textField(path));
  const { context, b } = scenarioWorld({
    rows: [
      { slug: 'name', a: 'name', b: 'name' },
      { slug: 'mobile', a: 'mobile', b: 'phones[kind=mobile].number' },
    ],
    fields: { b: fields },
  });

  await unmappedUntouched(context);

  expect(b.updates).toEqual([{ fax: 'kept by its owner' }]);
});

test('an edit beside which nothing may change is waited for', async () => {
  const { context, looks } = scenarioWorld({
    work: (systems, rows) => (systems.b.held.size === 0 ? carryToB(systems, rows) : undefined),
  });

  await unmappedUntouched(context);

  expect(looks).toEqual([true, 'at nothing', false]);
});
