import { wireResponse } from '../../contract/wire.js';
import { CORRECT_STAGES } from '../../sync/stages.js';
import type { SyncStages } from '../../sync/stages.js';
import type { Fault } from './fault.js';
import { headersOf } from './tools.js';

const recordTime: SyncStages['editTime'] = (_times, _path, remote) => remote.updatedAt;

/** Defects 25 to 32: conflicts. */
export const CONFLICT: Fault[] = [
  {
    id: 25,
    title: 'The newest record wins as a whole',
    breaks: 'keep-in-sync, I10',
    expected: /\/conflict\/different-properties$/,
    make: () => ({ stages: { isEdit: () => true, editTime: recordTime } }),
  },
  {
    id: 26,
    title: 'The edit that arrives last wins, not the newest',
    breaks: 'keep-in-sync, I11',
    expected: /\/conflict\/later-edit$/,
    make: ({ memory }) => ({
      service: (inner) => (request) => {
        memory.set('last', request.url.endsWith('/a') ? 'a' : 'b');
        return inner(request);
      },
      stages: { compareEdits: () => (memory.get('last') === 'a' ? 1 : -1) },
    }),
  },
  {
    id: 27,
    title: 'The system whose clock runs ahead always wins',
    breaks: 'keep-in-sync, I11',
    expected: /\/conflict\/skewed-clock$/,
    make: ({ now }) => ({
      fetch: (inner) => async (request) => {
        const answer = await inner(request);
        answer.headers.set('date', new Date(now()).toUTCString());
        return answer;
      },
    }),
  },
  {
    id: 28,
    title: 'Local times are compared as UTC',
    breaks: 'keep-in-sync, I11',
    expected: /\/conflict\/other-zone$/,
    make: () => ({
      fetch: (inner) => async (request) => {
        const answer = await inner(request);
        const text = (await answer.text()).replaceAll(/(T[\d:.]+)[+-]\d{2}:\d{2}"/g, '$1Z"');
        return wireResponse(text, answer.status, headersOf(answer));
      },
    }),
  },
  {
    id: 29,
    title: 'A save without a change counts as the newest edit',
    breaks: 'keep-in-sync, I11',
    expected: /\/conflict\/later-edit$/,
    make: () => ({ stages: { editTime: recordTime } }),
  },
  {
    id: 30,
    title: 'A deletion silently beats an edit made meanwhile',
    breaks: 'keep-in-sync, I5',
    policies: { delete: 'propagate' },
    expected: /\/delete-versus-edit$/,
    make: () => ({
      plan: (plan) => ({
        ...plan,
        pairs: plan.pairs.map((pair) => ({
          ...pair,
          policies: { ...pair.policies, deleteVersusEdit: 'delete-wins' },
        })),
      }),
    }),
  },
  {
    id: 31,
    title: 'An edit between the read and the write is overwritten',
    breaks: 'keep-in-sync, I5, I10',
    expected: /\/edit-during-sync$/,
    make: () => ({ stages: { guardVersion: () => null } }),
  },
  {
    id: 32,
    title: 'A false error makes an own write look like a foreign edit',
    breaks: 'keep-in-sync, I5',
    expected: /\/keep-in-sync\/.*\/lost-response$/,
    make: () => ({
      stages: { saveLink: (store, link) => CORRECT_STAGES.saveLink(store, { ...link, pending: null }) },
    }),
  },
];
