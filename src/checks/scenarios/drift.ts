import type { ApiDescription } from '../../contract/api-description.js';
import { cloneJson } from '../../contract/clone-json.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { establish, expectValue, remember } from '../establish.js';
import { CheckFailure, NotTestableHere, show } from '../failure.js';
import { editValue } from '../sample.js';
import { rowOf, save } from './edits.js';
import { expectReported } from './expect-reported.js';
import { editRow, expectRest } from './helpers.js';
import { needPlainRows, plainRows } from './plain-rows.js';

/** I27: a value that the mapping does not know is reported, becomes no other value, and holds nothing else up. */
export async function unknownEnum(context: CheckContext): Promise<void> {
  const row = rowOf(context, context.check);
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const kept = getPath(await context.fieldsOf(to, id[to]), row[to]);
  const value = context.check.value?.value ?? null;
  await save(context, from, id[from], { [row[from]]: value });
  context.step(
    `When ${row[from]} of the ${context.name(from)} becomes ${show(value)}, which has no counterpart`,
  );
  await context.settle(() => expectReported(context, [id.a, id.b], 'an unknown value'));
  await expectValue(context, to, id[to], row[to], kept, `after ${row[from]} became an unknown value`);
  await expectValue(context, from, id[from], row[from], value, 'where it was edited');
  await expectReported(context, [id.a, id.b], 'an unknown value');
  const other = plainRows(context).find((one) => one !== row);
  if (other === undefined) return;
  const edited = await editRow(context, from, link, other);
  await context.settleUntil(() =>
    expectValue(context, to, id[to], other[to], edited, 'while another property holds an unknown value'),
  );
  context.step('Then it is reported, and other properties go on');
}

/** I6, I9: a provider that trims what it is given is not written to again and again, nor written back. */
export async function canonicalValue(context: CheckContext): Promise<void> {
  const row = rowOf(context, context.check);
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const value = context.check.value?.value ?? null;
  await save(context, from, id[from], { [row[from]]: value });
  context.step(
    `When ${row[from]} is edited to ${show(value)}, of which the ${context.name(to)} keeps a part`,
  );
  await context.settle();
  const stored = String(value).trim();
  await expectValue(context, to, id[to], row[to], stored, 'in the form in which it is stored there');
  await expectValue(context, from, id[from], row[from], value, 'where it was edited');
  await expectRest(context, 3, 'after a value that is stored in another form');
  context.step('Then it is not written again, nor written back');
}

/** I13, I27: a property that suddenly is missing in answers is not cleared, and the others go on. */
export async function fieldMissing(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const [first, second] = needPlainRows(context, 2);
  const one = plainRows(context).find((row) => !row[from].includes('[')) ?? first;
  const two = one === second ? first : second;
  const { api } = context.plan.systems[from];
  if (one[from].includes('[') || api.record.absent !== 'missing')
    throw new NotTestableHere(
      'this provider leaves out empty properties, so a missing one tells nothing',
      'none: it is the way of this provider',
    );
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  await remember(context);
  const kept = getPath(await context.fieldsOf(to, id[to]), one[to]);
  const current = getPath(await context.fieldsOf(from, id[from]), two[from]);
  const value = await editValue(context, two, from, current);
  context.world.disturb?.({
    side: from,
    match: { method: 'GET', times: 10_000 },
    effect: { kind: 'alter', body: (body) => without(api, body, one[from]) },
  });
  await save(context, from, id[from], { [two[from]]: value });
  context.step(
    `Given answers of the ${context.plan.systems[from].name} lack ${one[from]}, when ${two[from]} is edited`,
  );
  await context.settle();
  await expectValue(context, to, id[to], one[to], kept, `though ${one[from]} is only missing in answers`);
  await expectValue(context, to, id[to], two[to], value, `while ${one[from]} is missing`);
  await expectReported(context, [id.a, id.b], 'a missing property');
  context.step('Then nothing is cleared and the edit arrives');
}

/** A copy of a get or list answer whose records lack one property. */
function without(api: ApiDescription, body: Json, path: string): Json {
  const copy = cloneJson(body);
  const list = isObject(copy) && api.record.many !== null ? getPath(copy, api.record.many) : copy;
  for (const record of Array.isArray(list) ? list : [copy]) {
    if (!isObject(record)) continue;
    const [top = '', ...rest] = path.split('.');
    const inside = api.record.fields === null || api.record.besideFields.includes(top);
    let place: Json | undefined = inside ? record : record[api.record.fields ?? ''];
    const names = [top, ...rest];
    for (const name of names.slice(0, -1)) place = isObject(place) ? place[name] : undefined;
    if (isObject(place)) delete place[names.at(-1) ?? ''];
  }
  return copy;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** I26: two tenants with the same ids keep to themselves. */
export async function tenantIsolation(context: CheckContext): Promise<void> {
  const other = await context.openTenant();
  const link = await establish(context);
  const theirs = await establish(other);
  context.step('Given two tenants whose records have the same ids and other values');
  const [row] = needPlainRows(context, 1);
  for (const [own, pairing] of [
    [context, link],
    [other, theirs],
  ] as const) {
    const value = await editRow(own, 'a', pairing, row);
    await own.settle();
    await expectValue(own, 'b', pairing.bId, row.b, value, 'of its own tenant');
    const foreign = own.world.journal().find((one) => one.caller === 'unknown');
    if (foreign !== undefined)
      throw new CheckFailure(`${foreign.method} ${foreign.url} came with another tenant's credentials`);
  }
  context.step('Then each tenant sees its own');
}

/** I26: neither secrets nor personal data are logged, also when things go wrong. */
export async function nothingPersonalLogged(context: CheckContext): Promise<void> {
  const link = await establish(context);
  const [row] = needPlainRows(context, 1);
  context.world.disturb?.({
    side: 'b',
    match: { times: 3 },
    effect: { kind: 'answer', status: 422, body: { title: 'invalid' } },
  });
  await editRow(context, 'a', link, row);
  await context.world.events?.send('a', '{"broken', { 'content-type': 'application/json' });
  await context.settle();
  const log = (context.world.logs?.() ?? []).join('\n');
  if (log === '') throw new CheckFailure('the sync logs nothing at all');
  const a = await context.fieldsOf('a', link.aId);
  const personal = context.pair.rows
    .map((one) => getPath(a, one.a))
    .filter((value): value is string => typeof value === 'string' && value.length >= 6);
  for (const canary of [...(context.world.secrets?.() ?? []), ...personal]) {
    if (log.includes(canary))
      throw new CheckFailure(`the log holds ${canary.slice(0, 3)}…, which is no business of it`);
  }
  context.step('Then the log holds no secret and no value of a record');
}
