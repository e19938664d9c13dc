import type { JsonObject } from '../field.js';
import { promisesOf, type ContractPromise } from './flatten.js';

/** One change between two contracts, as it matters to the consumer. */
export type ContractChange = { subject: string; what: string; breaking: boolean; why: string };

/**
 * Fields that the consumer uses, as dotted paths of record fields; null when all count. A field that no mapped
 * property and no match key uses may go without breaking the consumer.
 */
export type Used = ReadonlySet<string> | null;

/** Changes from one OpenAPI document to another, breaking ones first. */
export function diffContracts(before: JsonObject, after: JsonObject, used: Used = null): ContractChange[] {
  const [old, fresh] = [promisesOf(before), promisesOf(after)];
  const changes: ContractChange[] = [];
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(key), fresh.get(key)];
    if (was?.value === is?.value) continue;
    const change = judge(was, is);
    if (change === null) continue;
    const isUsed = used === null || concerns(change.subject, used);
    changes.push(
      isUsed || !change.breaking
        ? change
        : { ...change, breaking: false, why: `${change.why}; no mapped property and no match key uses it` },
    );
  }
  const gone = changes.filter((change) => change.what === 'removed').map((change) => change.subject);
  const added = changes.filter((change) => change.what === 'added').map((change) => change.subject);
  const inside = (subject: string, roots: string[]) =>
    roots.some(
      (root) =>
        subject !== root &&
        (subject.startsWith(`${root}.`) || subject.startsWith(`${root}[`) || subject.startsWith(`${root} `)),
    );
  return changes
    .filter((change) => !inside(change.subject, gone) && !inside(change.subject, added))
    .filter(
      (change) =>
        change.what === 'removed' ||
        change.what === 'added' ||
        ![...gone, ...added].includes(change.subject) ||
        change.what === 'newly required',
    )
    .toSorted(
      (one, other) => Number(other.breaking) - Number(one.breaking) || (one.subject < other.subject ? -1 : 1),
    );
}

const isRequest = (subject: string) => subject.includes(' request') || subject.includes(' parameter ');
const isError = (subject: string) => / answer [45]\d\d/.test(subject);

function judge(was: ContractPromise | undefined, is: ContractPromise | undefined): ContractChange | null {
  const one = was ?? is;
  if (one === undefined) return null;
  const { subject, aspect } = one;
  const change = (what: string, breaking: boolean, why: string): ContractChange => ({
    subject,
    what,
    breaking,
    why,
  });
  const [from, to] = [was?.value ?? 'nothing', is?.value ?? 'nothing'];
  if (subject === 'security')
    return change(`${aspect} changed`, true, 'calls are no longer let in as they are made');
  switch (aspect) {
    case 'present':
      if (is !== undefined)
        return change(
          'added',
          false,
          isRequest(subject) ? 'it may be left out' : 'what is unknown is passed over',
        );
      return change(
        'removed',
        true,
        isRequest(subject)
          ? 'it is sent, and strict providers refuse unknown fields'
          : 'it is read and will be missing',
      );
    case 'required':
      if (isRequest(subject) && to === 'true')
        return change('newly required', true, 'calls that leave it out are refused');
      if (!isRequest(subject) && from === 'true' && is !== undefined)
        return change('no longer always there', !isError(subject), 'it is read and may be missing');
      return null;
    case 'nullable':
      if (isRequest(subject) && to === 'false' && was !== undefined)
        return change('null refused', true, 'clearing it is refused');
      if (!isRequest(subject) && to === 'true' && was !== undefined)
        return change('may be null', false, 'an empty value is known to the sync');
      return null;
    case 'enum':
      return enums(was, is, change);
    case 'type':
      return was === undefined || is === undefined
        ? null
        : change(`type ${from} became ${to}`, true, 'values no longer fit');
    case 'maxLength':
    case 'maximum':
    case 'minimum':
      return limits(aspect, was, is, subject, change);
    default:
      return change(`${aspect} ${from} became ${to}`, true, 'values are written in another form');
  }
}

type Change = (what: string, breaking: boolean, why: string) => ContractChange;

function enums(
  was: ContractPromise | undefined,
  is: ContractPromise | undefined,
  change: Change,
): ContractChange | null {
  if (was === undefined || is === undefined) return null;
  const [old, fresh] = [JSON.parse(was.value) as string[], JSON.parse(is.value) as string[]];
  const gone = old.filter((value) => !fresh.includes(value));
  const added = fresh.filter((value) => !old.includes(value));
  if (gone.length > 0)
    return change(`values ${gone.join(', ')} removed`, true, 'values that are sent are refused');
  return change(
    `values ${added.join(', ')} added`,
    !isRequest(was.subject),
    'values without a counterpart may come',
  );
}

function limits(
  aspect: string,
  was: ContractPromise | undefined,
  is: ContractPromise | undefined,
  subject: string,
  change: Change,
): ContractChange | null {
  const loosest = aspect === 'minimum' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const [from, to] = [
    was === undefined ? loosest : Number(was.value),
    is === undefined ? loosest : Number(is.value),
  ];
  const isTighter = aspect === 'minimum' ? to > from : to < from;
  return isTighter
    ? change(`${aspect} ${from} became ${to}`, isRequest(subject), 'values that fitted are refused')
    : change(`${aspect} ${from} became ${to}`, false, 'values that fitted still fit');
}

/** Whether a change of a record's field concerns a field in use; everything else always does. */
function concerns(subject: string, used: ReadonlySet<string>): boolean {
  const field = /(?: request| answer 2\d\d)(?:\[\])?\.(.+)$/.exec(subject)?.[1];
  if (field === undefined) return true;
  const plain = field.replace(/^(?:results\[\]\.)?(?:properties\.)?/, '').replaceAll('[]', '');
  if (/^(?:id|created_at|updated_at|createdAt|updatedAt|version|propertyTimes|paging|archived)\b/.test(plain))
    return true;
  return [...used].some((path) => {
    const own = path.replaceAll('[]', '');
    return own === plain || own.startsWith(`${plain}.`) || plain.startsWith(`${own}.`);
  });
}
