import fc from 'fast-check';
import type { SystemContract } from '../../../src/contract/api-description.js';
import { boundaryValues } from '../../../src/contract/boundary-values.js';
import { cloneJson } from '../../../src/contract/clone-json.js';
import type { EntityContract, FieldSpec, FieldType, Json, JsonObject } from '../../../src/contract/field.js';
import { getPath, setInPlace } from '../../../src/contract/path.js';
import { holderOf, isObject, recordsIn, type Call, type Operation } from './operations.js';

/**
 * One way in which an answer differs from the true one. `field` is the path that is bent, `within` a path inside the
 * elements of a list of objects; `value` is what stands there instead.
 */
export type Bend = { kind: BendKind; field: FieldSpec | null; within: FieldSpec | null; value: Json };

const FIELD_KINDS = ['boundary', 'left-out', 'null', 'wrong-type', 'unknown-enum', 'unknown-field'] as const;
const RECORD_KINDS = ['no-id', 'wrong-id', 'no-fields', 'bad-time', 'bad-version'] as const;
const BODY_KINDS = ['null-body', 'scalar-body', 'wrong-envelope', 'cut-json', 'html', 'anything'] as const;
const LIST_KINDS = ['short-list', 'foreign-items', 'bad-cursor'] as const;
export type BendKind =
  | (typeof FIELD_KINDS)[number]
  | (typeof RECORD_KINDS)[number]
  | (typeof BODY_KINDS)[number]
  | (typeof LIST_KINDS)[number]
  | 'other-record';

/** The kinds that an operation's answers can be bent in. */
export function kindsFor(operation: Operation): BendKind[] {
  if (operation === 'token') return ['null-body', 'scalar-body', 'wrong-envelope', 'cut-json', 'html'];
  if (operation === 'revisions' || operation === 'deleted')
    return [...BODY_KINDS, 'foreign-items', 'bad-time'];
  if (operation === 'list') return [...FIELD_KINDS, ...RECORD_KINDS, ...BODY_KINDS, ...LIST_KINDS];
  const own: BendKind[] = [...FIELD_KINDS, ...RECORD_KINDS, ...BODY_KINDS];
  return operation === 'get' ? [...own, 'other-record'] : own;
}

const isText = (value: Json) => typeof value === 'string';
const isWhole = (value: Json) => Number.isSafeInteger(value);

/** Whether a value is of the JSON type in which a field's values come. */
export function isOfType(type: FieldType, value: Json): boolean {
  switch (type.kind) {
    case 'integer':
    case 'minor-units':
    case 'epoch-ms':
    case 'date-epoch-ms':
      return isWhole(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'string-list':
      return Array.isArray(value) && value.every(isText);
    case 'object-list':
      return (
        Array.isArray(value) &&
        value.every(
          (line) =>
            isObject(line) &&
            type.fields.every(({ path, type: own }) => {
              const inner = getPath(line, path);
              return inner === null || isOfType(own, inner);
            }),
        )
      );
    case 'reference':
      return isText(value) || typeof value === 'number';
    case 'untyped':
      return true;
    default:
      return isText(value);
  }
}

const JUNK: Json[] = [17, -0.5, 1e300, true, 'no such thing', {}, { text: 'x' }, [], [null], [['x']]];
const WRONG_TIMES: Json[] = ['soon', {}, [], true, 9e15, 1e300, -1, ''];

const wrongFor = ({ type }: FieldSpec) => JUNK.filter((value) => !isOfType(type, value));

/** Every bend of one kind that a contract allows to be thought of, for one operation on one entity. */
export function bends(
  kind: BendKind,
  entity: EntityContract,
  matched: ReadonlySet<string>,
): fc.Arbitrary<Bend> {
  const plain = (value: Json = null): Bend => ({ kind, field: null, within: null, value });
  const anyField = fc.constantFrom(...entity.fields);
  switch (kind) {
    case 'boundary': {
      const fields = entity.fields.filter((one) => !matched.has(one.path) && boundaryValues(one).length > 0);
      return fc
        .constantFrom(...fields)
        .chain((field) =>
          fc
            .constantFrom(...boundaryValues(field))
            .map(({ value }): Bend => ({ kind, field, within: null, value })),
        );
    }
    case 'left-out':
    case 'null':
      return anyField.map((field): Bend => ({ kind, field, within: null, value: null }));
    case 'wrong-type':
      return anyField.chain((field) => {
        const { type } = field;
        const whole = fc
          .constantFrom(...wrongFor(field))
          .map((value): Bend => ({ kind, field, within: null, value }));
        if (type.kind !== 'object-list') return whole;
        const inner = fc
          .constantFrom(...type.fields)
          .chain((within) =>
            fc.constantFrom(...wrongFor(within)).map((value): Bend => ({ kind, field, within, value })),
          );
        return fc.oneof(whole, inner);
      });
    case 'unknown-enum': {
      const enums = entity.fields.filter((one) => one.type.kind === 'enum');
      return fc
        .constantFrom(...(enums.length > 0 ? enums : entity.fields.slice(0, 1)))
        .map((field): Bend => ({ kind, field, within: null, value: 'surely-unknown' }));
    }
    case 'unknown-field':
      return fc.jsonValue({ maxDepth: 1 }).map((value) => plain(value as Json));
    case 'bad-time':
      return fc.constantFrom(...WRONG_TIMES).map(plain);
    case 'wrong-id':
      return fc.constantFrom<Json>({}, [], true, '').map(plain);
    case 'scalar-body':
    case 'no-fields':
    case 'bad-version':
    case 'bad-cursor':
      return fc.constantFrom<Json>('text', 17, false, [], {}).map(plain);
    case 'foreign-items':
      return fc.constantFrom<Json>(null, 17, 'text', [], {}).map(plain);
    case 'anything':
      return fc
        .tuple(fc.nat(400), fc.jsonValue({ maxDepth: 2 }))
        .map(([at, value]) => plain([at, value as Json]));
    default:
      return fc.constant(plain());
  }
}

export type Bent = { text: string; headers: Record<string, string> };
export type Truth = { text: string; headers: Record<string, string>; otherRecord: string | null };

/** The answer as the sync gets to see it. */
export function bendAnswer(contract: SystemContract, call: Call, truth: Truth, bend: Bend): Bent {
  const { headers, text, otherRecord } = truth;
  const said = (body: Json): Bent => ({ text: JSON.stringify(body), headers });
  const body = JSON.parse(text) as Json;
  switch (bend.kind) {
    case 'null-body':
    case 'scalar-body':
      return said(bend.kind === 'null-body' ? null : bend.value);
    case 'wrong-envelope':
      return said(Array.isArray(body) ? { items: body } : { surely: body });
    case 'cut-json':
      return { text: text.slice(0, Math.ceil(text.length * 0.6)), headers };
    case 'html':
      return { text: '<!doctype html><p>Sign in', headers: { ...headers, 'content-type': 'text/html' } };
    case 'anything':
      return said(atRandomPlace(body, bend.value));
    case 'other-record':
      return { text: otherRecord ?? text, headers };
    case 'short-list':
    case 'foreign-items':
      return said(bendList(contract, call, body, bend));
    case 'bad-cursor':
      return said(isObject(body) ? { ...body, paging: bend.value } : body);
    default:
      return bendRecords(contract, call, body, headers, bend);
  }
}

function bendList({ api }: SystemContract, { operation }: Call, body: Json, bend: Bend): Json {
  const copy = cloneJson(body);
  const many = operation === 'revisions' ? null : api.record.many;
  const items = many === null ? copy : isObject(copy) ? getPath(copy, many) : null;
  if (!Array.isArray(items)) return copy;
  if (bend.kind === 'short-list') items.pop();
  else items.unshift(cloneJson(bend.value));
  return copy;
}

function bendRecords(
  contract: SystemContract,
  call: Call,
  truth: Json,
  headers: Record<string, string>,
  bend: Bend,
): Bent {
  const { api } = contract;
  const body = cloneJson(truth);
  if (call.operation === 'deleted' || call.operation === 'revisions') {
    const name = call.operation === 'revisions' ? 'at' : (api.deletions?.at ?? 'at');
    const many = call.operation === 'revisions' ? null : api.record.many;
    const items = many === null ? body : isObject(body) ? getPath(body, many) : null;
    for (const item of Array.isArray(items) ? items : []) if (isObject(item)) item[name] = bend.value;
    return { text: JSON.stringify(body), headers };
  }
  const kept = { ...headers };
  for (const record of recordsIn(contract, call, body)) {
    switch (bend.kind) {
      case 'no-id':
        delete record[api.record.id];
        break;
      case 'wrong-id':
        record[api.record.id] = bend.value;
        break;
      case 'no-fields':
        if (api.record.fields !== null) record[api.record.fields] = bend.value;
        break;
      case 'bad-time':
        record[api.record.updatedAt ?? 'updatedAt'] = bend.value;
        break;
      case 'bad-version':
        if (api.concurrency?.kind === 'version') record[api.concurrency.path] = {};
        delete kept['etag'];
        break;
      case 'unknown-field':
        (holderOf(contract, record, 'surely_unknown') ?? record)['surely_unknown'] = bend.value;
        break;
      default:
        bendField(contract, record, bend);
    }
  }
  return { text: JSON.stringify(body), headers: kept };
}

function bendField(contract: SystemContract, record: JsonObject, { kind, field, within, value }: Bend): void {
  const holder = field === null ? null : holderOf(contract, record, field.path);
  if (holder === null || field === null) return;
  if (within !== null) {
    const lines = getPath(holder, field.path);
    if (Array.isArray(lines))
      for (const line of lines) if (isObject(line)) setInPlace(line, within.path, value);
    return;
  }
  if (kind !== 'left-out') return setInPlace(holder, field.path, cloneJson(value));
  const names = field.path.split('.');
  const last = names.pop() ?? '';
  const place = names.length === 0 ? holder : getPath(holder, names.join('.'));
  if (isObject(place)) delete place[last];
}

/** A body with the value at one of its nodes replaced. */
function atRandomPlace(body: Json, bend: Json): Json {
  const [at, value] = bend as [number, Json];
  const copy = { body: cloneJson(body) };
  const places: [holder: JsonObject | Json[], name: string][] = [];
  const walk = (holder: JsonObject | Json[]): void => {
    for (const [name, inner] of Object.entries(holder)) {
      places.push([holder, name]);
      if (typeof inner === 'object' && inner !== null) walk(inner);
    }
  };
  walk(copy);
  const [holder, name] = places[at % places.length] ?? [copy, 'body'];
  (holder as JsonObject)[name] = value;
  return copy.body;
}
