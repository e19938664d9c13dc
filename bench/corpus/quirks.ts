import type { Random } from './random.js';
import type { GeneratedRow } from './rows.js';

/** Kinds of a list element, as the real documents name them: by the numbers of a public knowledge base. */
const KINDS = ['wd:Q17517', 'wd:Q214995', 'wd:Q67372736', 'mobile'] as const;

const having = (value: string, where: string, times = 1) =>
  `(${`Dependant on having ${value} in ${where}`.repeat(times)})`;

type Quirk = (random: Random) => GeneratedRow[];

/** Elements of one list told apart by what they hold, the condition said up to nine times in a row. */
const phones: Quirk = (random) => {
  const count = random.between(1, KINDS.length);
  return KINDS.slice(0, count).map((kind, at): GeneratedRow => {
    const there = `phone_numbers.number ${having(kind, 'phone_numbers.name', random.between(1, 9))}`;
    const plain = ['phoneNumberMobile', 'phoneNumberWork', 'phoneNumberHome', 'tollFree'][at] ?? 'phone';
    return random.chance(0.5) ? [plain, there, '"string"'] : [there, plain, '"string"'];
  });
};

/** One number for each country, the country being a property of the record that may be synchronised itself. */
const numbersByCountry: Quirk = (random) => {
  const where = random.pick(['Country.TwoLetterISOCountry', 'MailAddress.CountryCode', 'country']);
  const rows: GeneratedRow[] = [['org_number_no', `OrgNr ${having('NO', where)}`, '"string"']];
  if (random.chance(0.6)) rows.push(['org_number_se', `OrgNr ${having('SE', where)}`, '"string"']);
  if (random.chance(0.4)) rows.push(['InternationalIdNumber', `OrgNr ${having('', where)}`, '"string"']);
  if (random.chance(0.4)) rows.push(['country_code', where, '"string"']);
  if (random.chance(0.2))
    rows.push(['vatId', `VatNr ${having('NO', where)} ${having('wd:Q34', where)}`, '"string"']);
  return rows;
};

/** Roles of many lists that go to one property, under a condition that names no path. */
const roles: Quirk = (random) => {
  const lists = ['groups', 'organizationRoles', 'projectRoles', 'transitiveTeams', 'teams'];
  const blank = random.chance(0.7) ? ` ${having('wd:Q43229', ' ', 2)}` : '';
  return lists
    .slice(0, random.between(1, lists.length))
    .map((list): GeneratedRow => [`${list}.id`, `department.id${blank}`, 'N/A']);
};

/** Times that a provider sets itself, and keys that are copied beside the link. */
const envelopes: Quirk = (random) => [
  random.pick<GeneratedRow>([
    ['updated_at', 'updated_at', '"string"'],
    ['changes.timestamp', 'created_at', '"string"'],
    ['updatedAt', 'modified', '"datetime-format","%Y-%m-%dT%H:%M:%SZ","_."]'],
    ['id', 'PersonId', '"integer"'],
    ['$original_id', 'orderNo', '"string"'],
    ['id', 'order.id', '"integer"'],
    ['buyerInfo.contactId', 'id', '"integer"'],
  ]),
];

/** A path beside what lies below it, deep paths, references by key and two types for one property. */
const paths: Quirk = (random) =>
  random.pick<GeneratedRow[]>([
    [
      ['currency', 'currency', '"string"'],
      ['price.currency', 'currency.id', '"integer"'],
    ],
    [['profile.email.email', 'primaryInfo.email', '"string"']],
    [['info.name.first', 'profile.names.first.value', '"string"']],
    [
      ['requester_id', 'projectManager.id', '"integer"'],
      ['organization_id', 'department.id', '"if", "neq", "_.", "X"], "integer", "string"]'],
    ],
    [
      ['amount', 'amount', '"integer"'],
      ['amount', 'total.amount', '"string"'],
    ],
    [['lineItems.productId', 'product.id', '"integer"']],
    [['costRange.maxValue', 'unitCost', '"float"']],
    [['emails', 'Emails.Value', '"string"']],
    [['info.emails', 'Emails.Value', '"list"']],
  ]);

/** The same row twice, and rows that cross. */
const twice: Quirk = (random) => [
  ['nickname', 'alias', '"string"'],
  random.chance(0.5) ? ['nickname', 'alias', '"string"'] : ['alias', 'nickname', '"string"'],
];

/** Rows in the forms that real documents hold now and then; most tables have none. */
export function quirkRows(random: Random): GeneratedRow[] {
  if (!random.chance(0.18)) return [];
  return random.weighted<Quirk>([
    [phones, 4],
    [numbersByCountry, 4],
    [roles, 2],
    [envelopes, 4],
    [paths, 5],
    [twice, 1],
  ])(random);
}

/** Combinations on a primary key, through a list and of several properties. */
export function quirkMerge(random: Random): [string, string] | null {
  if (!random.chance(0.2)) return null;
  return random.pick<[string, string]>([
    ['id', 'Number'],
    ['Id', 'Code'],
    ['employeeNumber', 'employee_id'],
    ['info.emails', 'Emails.Value'],
    ['loginEmail', 'Emails.Value'],
    ['profile.email.email', 'email'],
    ['first_name, last_name, email', 'FirstName, LastName, EmailAddress'],
    ['sku, variants.sku', 'sku, code'],
    ['id, email', 'externalId, email'],
  ]);
}
