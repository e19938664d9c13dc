import type { Json } from '../../contract/field.js';
import { wireRequest } from '../../contract/wire.js';
import { ClientError } from '../../sync/client-error.js';
import { CORRECT_STAGES } from '../../sync/stages.js';
import { createMemoryStore } from '../../sync/store/memory.js';
import type { Fault } from './fault.js';
import {
  answering,
  emptyList,
  eventOf,
  freshKeys,
  headersOf,
  idIn,
  isCreate,
  isList,
  isObject,
  json,
  pathOf,
  storing,
  withBody,
} from './tools.js';

const DAY = 86_400_000;
const isLimit = (error: unknown) => error instanceof ClientError && error.message.includes('429');
const isPermanent = (error: unknown) => error instanceof ClientError && error.kind !== 'transient';

/** Defects 81 to 84, 97 and 98: webhooks. */
export const WEBHOOKS: Fault[] = [
  {
    id: 81,
    title: 'Work is acknowledged before it is durable',
    breaks: 'keep-in-sync, I17, I19',
    expected: /\/stopped-before-done$/,
    make: () => {
      const { markDirty, dirty, settleDirty, postpone, waitFor, wake } = createMemoryStore();
      return storing(() => ({ markDirty, dirty, settleDirty, postpone, waitFor, wake }));
    },
  },
  {
    id: 82,
    title: 'Lives by events alone; a subscription that is gone goes unnoticed',
    breaks: 'keep-in-sync, I15',
    expected: /\/lost-event$/,
    make: () => answering((request) => (isList(request) ? Promise.resolve(emptyList(request)) : null)),
  },
  {
    id: 83,
    title: 'Believes the payload of an event, also of an old one',
    breaks: 'keep-in-sync, I12, I15',
    expected: /\/webshop-to-crm\/late-event$/,
    make: () => {
      const told = new Map<string, Json>();
      return {
        service: (inner) => async (request) => {
          const body = await eventOf(request);
          if (isObject(body) && isObject(body['data'])) told.set(String(body['id']), body['data']);
          return inner(request);
        },
        ...answering((request, inner) => {
          const id = idIn(request);
          if (request.method !== 'GET' || id === null || pathOf(request).startsWith('/objects')) return null;
          const data = told.get(id);
          told.delete(id);
          return inner(request).then((answer) =>
            withBody(answer, (body) => (isObject(body) && isObject(data) ? { ...body, ...data } : body)),
          );
        }),
      };
    },
  },
  {
    id: 84,
    title: 'The signature is checked over the event as it was parsed and written again',
    breaks: 'sync-every, I25',
    expected: /\/forged-event$/,
    make: () => ({
      service: (inner) => async (request) => {
        const body = JSON.stringify(await eventOf(request));
        return inner(wireRequest(request.url, { method: 'POST', headers: headersOf(request), body }));
      },
    }),
  },
  {
    id: 97,
    title: 'Events without a valid signature take effect',
    breaks: 'sync-every, I25',
    expected: /\/forged-event$/,
    make: () => ({ stages: { acceptEvent: () => true } }),
  },
  {
    id: 98,
    title: 'An old event is accepted again with its old signature',
    breaks: 'sync-every, I25',
    expected: /\/forged-event$/,
    make: ({ now }) => ({
      service: (inner) => async (request) => {
        const answer = await inner(request);
        const sent = Number(headersOf(request)['x-webshop-timestamp']);
        const isOld = now() - sent > 300_000 && now() - sent < DAY;
        return isOld && answer.status === 401 ? json({ accepted: 1 }) : answer;
      },
    }),
  },
];

/** Defects 85 to 90: faults of the providers' APIs. */
export const API: Fault[] = [
  {
    id: 85,
    title: 'A rate limit ends the work as if it were done',
    breaks: 'sync-every, I23, I24',
    expected: /\/rate-limited$/,
    make: () => ({
      stages: {
        afterFailure: (error) => (isLimit(error) ? 'forget' : CORRECT_STAGES.afterFailure(error)),
      },
    }),
  },
  {
    id: 86,
    title: 'A refused item of a batch is taken for done',
    breaks: 'sync-every, I22, I24',
    expected: /\/poison-isolated$/,
    make: () => ({
      stages: { afterFailure: (error) => (isPermanent(error) ? 'forget' : 'again') },
    }),
  },
  {
    id: 87,
    title: 'One bad item fails its whole batch again and again',
    breaks: 'sync-every, I22',
    expected: /\/poison-isolated$/,
    make: () => {
      const poisoned = new Set<string>();
      return answering((request, inner) => {
        if (!isCreate(request)) return null;
        if (poisoned.has(pathOf(request))) return Promise.resolve(json({}, 422));
        return inner(request).then((answer) => {
          if (answer.status === 422) poisoned.add(pathOf(request));
          return answer;
        });
      });
    },
  },
  {
    id: 88,
    title: 'A refusal for good is tried again and again',
    breaks: 'sync-every, I23',
    expected: /\/poison-isolated$/,
    make: () => ({ stages: { afterFailure: () => 'again' } }),
  },
  {
    id: 89,
    title: 'An expired credential is taken for a refusal for good',
    breaks: 'keep-in-sync, I23',
    expected: /\/expired-credential$/,
    make: () =>
      answering((request, inner) =>
        inner(request).then((answer) => (answer.status === 401 ? json({ title: 'forbidden' }, 403) : answer)),
      ),
  },
  {
    id: 90,
    title: 'A passing lock leaves a record unsynchronised',
    breaks: 'keep-in-sync, I5, I23',
    expected: /\/transient-error$/,
    make: () => ({ stages: { afterFailure: () => 'aside' } }),
  },
];

/** Defects 91 to 95, 99 and 100: crashes, concurrency, drift and isolation. */
export const CRASH: Fault[] = [
  {
    id: 91,
    title: 'A crash between the creation and the link makes a second record',
    breaks: 'sync-every, I16, I17',
    expected: /^customer\/sync-every\/.*\/crash-after-create$/,
    make: () => {
      const { putCreateIntent, createIntent, dropCreateIntent } = createMemoryStore();
      const next = freshKeys();
      return {
        stages: { idempotencyKey: (stored) => stored ?? next(), looksBeforeRepeat: () => false },
        ...storing(() => ({
          putCreateIntent,
          createIntent,
          dropCreateIntent,
          findByMatchKey: () => [],
        })),
      };
    },
  },
  {
    id: 92,
    title: 'The status is fine whatever happens',
    breaks: 'sync-every, I24',
    expected: /\/truthful-status$/,
    make: () => ({ status: (status) => ({ ...status, state: 'ok' }) }),
  },
  {
    id: 93,
    title: 'A slow first run and the next one overlap',
    breaks: 'sync-every, I18',
    expected: /^customer\/sync-every\/.*\/two-workers$/,
    make: () => {
      const next = freshKeys();
      const { putCreateIntent, createIntent, dropCreateIntent } = createMemoryStore();
      return {
        stages: { idempotencyKey: (stored) => stored ?? next() },
        ...storing((inner) => ({
          takeLease: (worker, now, until) => inner.takeLease(worker, now + DAY, until),
          putCreateIntent,
          createIntent,
          dropCreateIntent,
        })),
      };
    },
  },
  {
    id: 94,
    title: 'A credential that was renewed elsewhere is never read again',
    breaks: 'keep-in-sync, I23',
    nearest:
      'the CRM issues tokens that do not rotate; the fault keeps its first one for ever, which cuts it off in the same way',
    expected: /\/expired-credential$/,
    make: ({ memory }) => ({
      fetch: (inner) => (request) => {
        const given = request.headers.get('authorization');
        if (given === null) return inner(request);
        const kept = String(memory.get('token') ?? given);
        memory.set('token', kept);
        request.headers.set('authorization', kept);
        return inner(request);
      },
    }),
  },
  {
    id: 95,
    title: 'A removed field fails the whole record',
    breaks: 'keep-in-sync, I27',
    expected: /\/field-missing$/,
    make: () => ({ stages: { onMissingField: () => 'fail' } }),
  },
  {
    id: 99,
    title: 'A key without the tenant leads to the other tenant’s API',
    breaks: 'keep-in-sync, I26',
    expected: /\/two-tenants$/,
    make: ({ memory, plan }) => ({
      fetch: (inner) => async (request) => {
        const base = plan.systems.b.api.baseUrl;
        if (!request.url.startsWith(base)) return inner(request);
        const first = memory.get('host');
        if (first === undefined) memory.set('host', inner);
        return (typeof first === 'function' ? (first as typeof inner) : inner)(
          wireRequest(request.url.replace(base, String(memory.get('base') ?? base)), {
            method: request.method,
            headers: request.headers,
            body: request.body === null ? null : await request.text(),
          }),
        ).finally(() => memory.get('base') ?? memory.set('base', base));
      },
    }),
  },
  {
    id: 100,
    title: 'Whole answers are written to the log',
    breaks: 'keep-in-sync, I26',
    expected: /\/log$/,
    make: ({ log, now }) =>
      answering((request, inner) =>
        inner(request).then(async (answer) => {
          log({ event: 'answer', at: now(), body: await answer.text() });
          return answer;
        }),
      ),
  },
  {
    id: 103,
    title: 'A missing property is taken for an empty one',
    breaks: 'keep-in-sync, I13',
    expected: /\/field-missing$/,
    make: () => ({ stages: { onMissingField: () => 'empty' } }),
  },
];
