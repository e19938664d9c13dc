import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { expectStatus, expectTrue, NotOffered, type ContractCheck } from './check.js';
import { maker, plainField, update } from './make-check.js';

/** Deletion, the telling of deletions, and bringing back. */
export function removalChecks(contract: SystemContract, entity: EntityContract): ContractCheck[] {
  const make = maker(contract, entity);
  const { routes } = contract.api;
  const { deleted, restore } = routes;
  const remove = routes.remove ?? { ...routes.get, method: 'DELETE' as const };
  const checks: ContractCheck[] = [];
  checks.push(
    make(
      'delete',
      'removes',
      `Deleting a ${entity.name} gives 204, and it is gone`,
      async (probe) => {
        const { id } = await probe.create(entity);
        expectStatus((await probe.call(remove, entity, id)).status, [200, 204], 'deleting');
        expectStatus((await probe.call(routes.get, entity, id)).status, 404, 'a deleted record');
      },
      { needs: 'deleting' },
    ),
    make(
      'delete',
      'twice',
      `Deleting a ${entity.name} twice gives 404`,
      async (probe) => {
        const { id } = await probe.create(entity);
        await probe.call(remove, entity, id);
        expectStatus((await probe.call(remove, entity, id)).status, 404, 'the second deletion');
      },
      { needs: 'deleting' },
    ),
  );
  checks.push(
    make(
      'listDeleted',
      'tells',
      `A deleted ${entity.name} is told with its time`,
      async (probe) => {
        if (deleted === null)
          throw new NotOffered(
            'the description names no listing of deletions',
            'deletions there are not carried over',
          );
        const { id } = await probe.create(entity);
        await probe.call(remove, entity, id);
        const answer = await probe.call(deleted, entity, null);
        expectStatus(answer.status, 200, 'listing deletions');
        const ids = probe.items(entity, answer.body).map((item) => probe.idOf(entity, item));
        expectTrue(ids.includes(id), 'the deletion is not told');
      },
      { needs: 'deletions' },
    ),
  );
  if (restore !== undefined)
    checks.push(
      make(
        'restore',
        'brings-back',
        `A deleted ${entity.name} can be restored under its id`,
        async (probe) => {
          const { id } = await probe.create(entity);
          await probe.call(remove, entity, id);
          const answer = await probe.call(restore, entity, id);
          expectStatus(answer.status, 200, 'restoring');
          expectStatus((await probe.call(routes.get, entity, id)).status, 200, 'a restored record');
        },
      ),
    );
  return checks;
}

/** When which fields of a record changed. */
export function revisionCheck(contract: SystemContract, entity: EntityContract): ContractCheck {
  const { revisions: route } = contract.api.routes;
  return maker(contract, entity)(
    'listRevisionsOf',
    'tells',
    `Revisions of a ${entity.name} name what changed`,
    async (probe) => {
      if (route === null) return;
      const { id } = await probe.create(entity);
      const path = plainField(entity);
      await update(probe, entity, id, { [path]: 'revised' });
      const answer = await probe.call(route, entity, id);
      expectStatus(answer.status, 200, 'revisions');
      const last = Array.isArray(answer.body) ? answer.body.at(-1) : null;
      expectTrue(
        JSON.stringify(last ?? null).includes(`"${path}"`),
        `the last revision does not name ${path}`,
      );
    },
  );
}
