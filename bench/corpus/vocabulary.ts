/** A made-up system: how titles write it, how headings write it, what it holds and how it writes a property. */
export type SystemWords = {
  title: string;
  heading: string;
  entities: readonly [string, ...string[]];
  style: 'camel' | 'pascal' | 'snake' | 'nested' | 'lists';
};

/** Names with spaces, dots and digits, one missing, and some that titles and headings write differently. */
export const SYSTEMS: readonly [SystemWords, ...SystemWords[]] = [
  {
    title: 'Harbor Desk',
    heading: 'Harbor Desk',
    entities: ['Client organization', 'Ticket', 'Article', 'Deal'],
    style: 'nested',
  },
  {
    title: 'Ledgerly',
    heading: 'Ledgerly',
    entities: ['Account', 'Outgoing invoice', 'Item', 'Department'],
    style: 'camel',
  },
  {
    title: 'Shopline.io',
    heading: 'Shopline.io',
    entities: ['Contacts', 'Orders', 'Products', 'Shop-orders'],
    style: 'lists',
  },
  {
    title: 'Fjord ERP GO',
    heading: 'Fjord ERP GO',
    entities: ['Customers', 'Employees', 'Projects', 'Contactperson', 'Salesorderlines'],
    style: 'pascal',
  },
  {
    title: 'Nordlys Business Nxt',
    heading: 'Nordlysnxt',
    entities: ['Address', 'Order', 'Orderline', 'Product'],
    style: 'camel',
  },
  {
    title: 'Tidbook',
    heading: 'Tidbook',
    entities: ['Ansatt', 'Avdeling', 'Kunde', 'Prosjekt'],
    style: 'pascal',
  },
  {
    title: 'Waveline',
    heading: 'Waveline',
    entities: ['Customer account', 'Vendor', 'Product', 'Invoice'],
    style: 'camel',
  },
  {
    title: 'Deskhub',
    heading: 'Deskhub',
    entities: ['Users', 'Organizations', 'Tickets', 'Groups'],
    style: 'snake',
  },
  {
    title: 'Custom Shop',
    heading: 'Custom Shop',
    entities: ['Customer', 'Order', 'Product', 'Product variant'],
    style: 'camel',
  },
  {
    title: 'Custom Portal',
    heading: 'Custom Portal',
    entities: ['Contact', 'Customer', 'Order', 'Product', 'Product variant'],
    style: 'camel',
  },
  {
    title: 'Rekrutt',
    heading: 'Rekrutt',
    entities: ['Employees', 'Branches', 'Departments'],
    style: 'snake',
  },
  {
    title: 'Superkontor',
    heading: 'Superkontor',
    entities: ['Contact', 'Person', 'Project', 'Listproductcategoryitems'],
    style: 'pascal',
  },
  { title: 'Taskly', heading: 'Taskly', entities: ['Project', 'Task', 'User'], style: 'snake' },
  {
    title: 'KeepIt 24',
    heading: 'KeepIt 24',
    entities: ['Contact', 'Company', 'Product', 'Order', 'Subscription plan'],
    style: 'snake',
  },
  { title: '', heading: '', entities: ['Profiles'], style: 'snake' },
  {
    title: 'Factura',
    heading: 'Factura',
    entities: ['Customers', 'Invoices', 'Items', 'Lineitem'],
    style: 'snake',
  },
  { title: 'Oslo Track', heading: 'Oslotrack', entities: ['Issue', 'Project', 'User'], style: 'camel' },
  { title: 'Kassa.no', heading: 'Kassa.no', entities: ['Sale', 'Sesamproduct', 'Customer'], style: 'lists' },
];

/** Property words with the plain type most of them carry. */
export const PROPERTIES: readonly (readonly [string, string])[] = [
  ['name', 'string'],
  ['first name', 'string'],
  ['last name', 'string'],
  ['email', 'string'],
  ['phone', 'string'],
  ['mobile phone', 'string'],
  ['website', 'string'],
  ['organization number', 'string'],
  ['address line 1', 'string'],
  ['address line 2', 'string'],
  ['city', 'string'],
  ['postal code', 'string'],
  ['country', 'string'],
  ['currency', 'string'],
  ['description', 'string'],
  ['title', 'string'],
  ['number', 'integer'],
  ['customer id', 'integer'],
  ['department id', 'integer'],
  ['quantity', 'integer'],
  ['price', 'float'],
  ['cost price', 'float'],
  ['discount', 'decimal'],
  ['is active', 'boolean'],
  ['is archived', 'boolean'],
  ['date of birth', 'date'],
  ['closed at', 'time'],
  ['due date', 'date'],
  ['order date', 'date'],
  ['comment', 'string'],
  ['sku', 'string'],
  ['tags', 'list'],
  ['vat number', 'string'],
  ['reference', 'string'],
  ['status', 'string'],
  ['product number', 'string'],
  ['account manager', 'string'],
  ['parent id', 'integer'],
  ['language', 'string'],
  ['notes', 'string'],
  ['project name', 'string'],
];

/** Transform fragments as the real documents write them, brackets unbalanced, with the frequency of each. */
export const FRAGMENTS: readonly (readonly [string, number])[] = [
  ['"datetime-format","%Y-%m-%d","_."]', 4],
  ['"datetime-format","%Y-%m-%dT%H:%M:%S","_."]', 4],
  ['"datetime-format","%Y-%m-%dT%H:%M:%SZ","_."]', 1],
  ['"replace"," ","", "string"]', 2],
  ['"if", "neq", "_.", "X"], "integer", "string"]', 2],
  ['"if", "is-decimal", "decimal", "integer"]', 2],
  ['"if","or","is-empty","_."],"eq","","_."]],"-","_."]', 3],
  ['"if","matches","+*","_."],"join"," ","slice", 1,"split", " ","_."]]],"_."]', 2],
  ['"if","matches","+* *","_."],"join"," ","slice", 1,"split", " ","_."]]],"_."]', 1],
];

/** What a condition says; `NAME` is the source. The last two are notes of the makers that leaked. */
export const CONDITIONS: readonly (readonly [string, number])[] = [
  ['When a NAME has a 100% probability of beeing sold', 3],
  ['When a NAME gets the has a 100% probability', 3],
  ['When a NAME is of type Agent', 2],
  ['temporary mapping until we know what to do with vendors. This drops all vendor goods for now', 3],
  ['removed private customers for now until that case is settled', 4],
];
