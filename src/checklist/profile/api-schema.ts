import { z } from 'zod';

const NONE = z.literal('none');
const text = z.string().min(1);
const envName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'the NAME of an environment variable, such as SHOP_API_KEY, not the secret',
  )
  .describe('Name of the environment variable that holds the secret; the secret itself never stands here.');
const needed = (owner: string, name: string, why: string) =>
  z.string({ error: `${owner} needs "${name}": ${why}` }).min(1);

const routePattern = /^(?:GET|POST|PUT|PATCH|DELETE) \/\S*$/;
const route = z
  .string()
  .regex(routePattern, 'a verb and a path, such as "GET /{collection}/{id}"')
  .describe('Verb and path; {collection} and {id} are filled in.');
const optionalRoute = z.union([NONE, route]);

/** The routes of an API; `none` where the provider has no such call. */
export const routesSchema = z
  .strictObject({
    list: route,
    get: route,
    create: route,
    update: route,
    remove: optionalRoute,
    search: optionalRoute,
    revisions: optionalRoute,
    deleted: optionalRoute,
    restore: optionalRoute,
  })
  .partial();

const tokenPlace = (owner: string, name: string, why: string) =>
  needed(owner, name, why)
    .regex(
      /^(?:\/|https?:\/\/[^/@?#]+(?:\/|$))\S*$/,
      'a path such as /oauth/token, or a whole URL without a secret',
    )
    .describe('A path below the base URL, or the whole URL of another host, which may then be called too.');

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: NONE }),
  z.strictObject({
    kind: z.literal('api-key-header'),
    header: needed('an API key in a header', 'header', 'the name of the header').default('X-Api-Key'),
    prefix: z.string().optional().describe('Text before the key, such as "Token ".'),
    keyEnv: envName,
  }),
  z.strictObject({
    kind: z.literal('api-key-query'),
    param: needed('an API key in the query', 'param', 'the name of the parameter'),
    keyEnv: envName,
  }),
  z.strictObject({
    kind: z.literal('basic'),
    userEnv: envName,
    passwordEnv: envName.optional().describe('Left out: an empty password.'),
  }),
  z.strictObject({ kind: z.literal('bearer'), tokenEnv: envName }),
  z.strictObject({
    kind: z.literal('login'),
    path: tokenPlace('a login', 'path', 'where user and password are sent'),
    userField: text.default('email'),
    passwordField: text.default('password'),
    token: text.default('token').describe('Path of the token in the answer.'),
    userEnv: envName,
    passwordEnv: envName,
  }),
  z.strictObject({
    kind: z.literal('client-credentials'),
    tokenPath: tokenPlace('OAuth client credentials', 'tokenPath', 'where a token is asked for').default(
      '/oauth/token',
    ),
    format: z.enum(['json', 'form']).default('form'),
    scope: z.string().optional(),
    clientIdEnv: envName,
    clientSecretEnv: envName,
  }),
]);

const size = z.int().min(1).max(10_000);

/** How a listing is read page by page. */
export const pagingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: NONE }),
  z.strictObject({
    kind: z.literal('page'),
    pageParam: text.default('page'),
    sizeParam: text.default('per_page'),
    size: size.default(50),
    first: z.union([z.literal(0), z.literal(1)]).default(1),
  }),
  z.strictObject({
    kind: z.literal('offset'),
    offsetParam: text.default('offset'),
    sizeParam: text.default('limit'),
    size: size.default(50),
  }),
  z.strictObject({
    kind: z.literal('cursor'),
    cursorParam: text.default('cursor'),
    sizeParam: text.default('limit'),
    size: size.default(50),
    next: needed('paging by cursor', 'next', 'the path in a list answer at which the next cursor lies'),
  }),
  z.strictObject({ kind: z.literal('link'), sizeParam: text.default('per_page'), size: size.default(50) }),
]);

const timeFormat = z.enum(['iso', 'epoch-ms', 'epoch-s']);

const pathOrNone = z.union([NONE, text]);

/** Where things lie in the bodies; `none` means the body itself, or that there is no such thing. */
export const recordSchema = z
  .strictObject({
    one: pathOrNone.describe('Where one record lies in an answer, such as data.'),
    many: pathOrNone.describe('Where the array lies in a list answer, such as data.items.'),
    send: pathOrNone.describe('Object around the body of a create or update, such as customer.'),
    id: text,
    fields: pathOrNone.describe('Object that holds the fields, such as properties.'),
    besideFields: z.array(text),
    createdAt: pathOrNone,
    updatedAt: pathOrNone,
    timeFormat,
    fieldTimes: pathOrNone,
    absent: z
      .enum(['empty', 'missing'])
      .describe('empty: a field left out of an answer has no value; missing: the provider dropped it.'),
  })
  .partial();

const changedSince = z.union([
  NONE,
  z.strictObject({
    param: z
      .union([text, z.array(text).min(1)])
      .describe('Query parameter, such as updated_at[$gte]; a list gives each of them the same time.'),
    format: timeFormat.default('iso'),
  }),
]);

const filter = z
  .union([NONE, z.string().includes('{field}', 'holds {field}, such as filter[{field}][_eq]')])
  .describe('Parameter that filters a listing by one field; {field} is its path.');

const concurrency = z.union([
  NONE,
  z.literal('etag'),
  z.strictObject({ version: text.describe('Path of the version in a record.') }),
]);

const idempotency = z.union([
  NONE,
  z.strictObject({ header: text }),
  z.strictObject({ body: text.describe('Path of the key in the body.') }),
]);

const webhooks = z.union([
  NONE,
  z.strictObject({
    scheme: z.enum(['hex-timestamp-body', 'base64-request']),
    signatureHeader: text,
    timestampHeader: text,
    deliveryHeader: text,
    accountHeader: text,
    toleranceMs: z.int().min(1).default(300_000),
  }),
]);

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'an http or https URL without a secret in it' })
  .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'no user or password in the URL; name them under auth')
  .refine((url) => !/[?#]/.test(url), 'no query and no fragment in the base URL');

/** How a provider's REST API is spoken to: a preset and what differs from it. */
export const apiSchema = z
  .strictObject({
    preset: z.enum(['webshop', 'crm', 'rest']).default('rest'),
    baseUrl: baseUrl.optional(),
    baseUrlEnv: envName.optional().describe('Name of the environment variable that holds the base URL.'),
    auth: auth.optional(),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).optional(),
    routes: routesSchema.optional(),
    updateMode: z
      .enum(['merge', 'replace'])
      .optional()
      .describe('merge: fields left out of an update stay; replace: they are emptied.'),
    record: recordSchema.optional(),
    paging: pagingSchema.optional(),
    changedSince: changedSince.optional(),
    filter: filter.optional(),
    concurrency: concurrency.optional(),
    idempotency: idempotency.optional(),
    webhooks: webhooks.optional(),
    missingStatuses: z.array(z.int().min(400).max(499)).min(1).optional(),
    rateLimit: z
      .strictObject({ perSecond: z.number().positive(), concurrent: z.int().min(1) })
      .partial()
      .optional(),
    deletions: z
      .union([
        z.enum(['listing-gap', 'never']),
        z.strictObject({ param: text, format: timeFormat.default('iso'), id: text.default('id'), at: text }),
      ])
      .optional()
      .describe(
        'How a deletion shows: the answer of the deleted route, or a record missing from the listing.',
      ),
    bumpsOnNoChange: z.enum(['yes', 'no', 'unknown']).optional(),
    nullUntilUpdate: z.enum(['yes', 'no', 'unknown']).optional(),
  })
  .superRefine((api, context) => {
    const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((api.baseUrl === undefined) === (api.baseUrlEnv === undefined))
      wrong(['baseUrl'], 'exactly one of baseUrl and baseUrlEnv says where the API is');
    const isFeed = typeof api.deletions === 'object';
    const route = api.routes?.deleted;
    const hasRoute = route === undefined ? api.preset !== 'rest' : route !== 'none';
    if (isFeed && !hasRoute)
      wrong(['deletions'], 'a feed of deletions needs routes.deleted, which says where it is read');
    if (route !== undefined && route !== 'none' && api.preset === 'rest' && !isFeed)
      wrong(
        ['routes', 'deleted'],
        'routes.deleted needs deletions: {param, id, at}, which says how it is read',
      );
  });

/** What may differ from the rest of the API for one entity. */
export const entityApiShape = {
  routes: routesSchema.optional(),
  record: recordSchema.optional(),
  updateMode: z.enum(['merge', 'replace']).optional(),
  paging: pagingSchema.optional(),
  changedSince: changedSince.optional(),
  filter: filter.optional(),
  readQuery: z
    .record(text, z.string())
    .optional()
    .describe('Query parameters of every read, such as expand or fields.'),
};

export type ProfileApi = z.output<typeof apiSchema>;
