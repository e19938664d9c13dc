import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { AuthError } from '../contract/http/authoriser.js';
import type { ApiCredentials } from '../contract/http/credentials.js';
import { apiFor } from '../contract/http/entity-api.js';
import { wireHeaders } from '../contract/wire.js';
import { ContractFailure, expectStatus, NotOffered, type ContractCheck } from './check.js';
import { NO_CONTROL, type Make } from './make-check.js';

/** Credentials that no provider knows. */
export const WRONG: ApiCredentials = {
  key: 'guess',
  clientId: 'nobody',
  clientSecret: 'guess',
  user: 'nobody',
  password: 'guess',
  token: 'guess',
};

/** Where credentials are exchanged for a token: who gets one, and for how long. */
export function tokenChecks({ api }: SystemContract, entity: EntityContract, make: Make): ContractCheck[] {
  const { list } = apiFor(api, entity).routes;
  return [
    make('issueToken', 'wrong-client', 'An unknown client gets no token', async (probe) => {
      const status = await probe
        .as(WRONG)
        .authorise(api.baseUrl, wireHeaders())
        .then(
          () => 200,
          (error: unknown) => {
            if (error instanceof AuthError) return error.status;
            throw error;
          },
        );
      if (status < 300) throw new ContractFailure('an unknown client gets a token');
      expectStatus(status, [400, 401, 403], 'an unknown client');
    }),
    make('issueToken', 'expires', 'A token expires, and a new one lets in again', async (probe) => {
      const { control } = probe.target;
      if (control === null) throw new NotOffered('the clock of a live provider cannot be moved', NO_CONTROL);
      const { url, headers } = await probe.letIn(probe.urlOf(list, entity));
      control.advance(2 * 3_600_000);
      expectStatus((await probe.send(list.method, url, { headers })).status, 401, 'an expired token');
      probe.renew();
      expectStatus((await probe.call(list, entity, null)).status, 200, 'a call with a fresh token');
    }),
  ];
}
