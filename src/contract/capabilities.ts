import { z } from 'zod';
import type { EntityApi, SystemContract } from './api-description.js';

/** What a provider may lack without being unfit for a sync; each is found by probing it. */
export const LACKS = [
  'authentication',
  'validation',
  'unknown-fields',
  'unknown-parameters',
  'uniqueness',
  'concurrency',
  'idempotency',
  'deleting',
  'deletions',
  'paging',
  'page-limits',
  'changed-since',
  'update-time',
  'webhooks',
  'error-shape',
  'created-status',
] as const;
export type Lack = (typeof LACKS)[number];

/** What `contract check` found a provider to lack; a profile names the file, so that the checklist knows. */
export const capabilitiesSchema = z.strictObject({
  schema: z.literal('syncproof.capabilities/1'),
  system: z.string().min(1),
  /** Each with what showed it. */
  lacks: z.partialRecord(z.enum(LACKS), z.string()),
  /** Entity name to the paths that the provider shows but does not let be written. */
  readOnly: z.record(z.string(), z.array(z.string())),
});
export type Capabilities = z.output<typeof capabilitiesSchema>;

/** A contract as the provider can keep it: read-only fields are marked, missing capabilities are null. */
export function withCapabilities(
  contract: SystemContract,
  { lacks, readOnly }: Capabilities,
): SystemContract {
  const has = (lack: Lack) => lacks[lack] === undefined;
  const { api } = contract;
  const gapsShow = api.deletionsShow === 'listing-gap';
  return {
    ...contract,
    api: {
      ...api,
      ...(has('deletions')
        ? {}
        : { deletionsShow: gapsShow ? ('listing-gap' as const) : ('never' as const) }),
      auth: has('authentication') ? api.auth : { kind: 'none' },
      concurrency: has('concurrency') ? api.concurrency : null,
      idempotency: has('idempotency') ? api.idempotency : null,
      paging: has('paging') ? api.paging : { kind: 'none' },
      changedSince: has('changed-since') ? api.changedSince : null,
      webhooks: has('webhooks') ? api.webhooks : null,
      routes: {
        ...api.routes,
        remove: has('deleting') ? api.routes.remove : null,
        deleted: has('deletions') ? api.routes.deleted : null,
      },
      record: { ...api.record, updatedAt: has('update-time') ? api.record.updatedAt : null },
    },
    entities: contract.entities.map((entity) => ({
      ...entity,
      ...(entity.api === undefined ? {} : { api: less(entity.api, lacks) }),
      fields: entity.fields.map((field) => {
        if (readOnly[entity.name]?.includes(field.path) === true) return { ...field, readOnly: true };
        if (field.unique !== true || has('uniqueness')) return field;
        const { unique: _unique, ...rest } = field;
        return rest;
      }),
    })),
  };
}

/** What differs for one entity, without what the provider lacks. */
function less(api: EntityApi, lacks: Capabilities['lacks']): EntityApi {
  const own = { ...api };
  if (lacks['changed-since'] !== undefined) delete own.changedSince;
  if (lacks.paging !== undefined) delete own.paging;
  if (own.record !== undefined && lacks['update-time'] !== undefined)
    own.record = { ...own.record, updatedAt: null };
  if (own.routes === undefined) return own;
  own.routes = { ...own.routes };
  if (lacks.deletions !== undefined) own.routes.deleted = null;
  if (lacks.deleting !== undefined) own.routes.remove = null;
  return own;
}
