import type { Breakage, MakeBreakage } from '../../src/drivers/breakage.js';
import { wireRequest, type WireFetch, type WireRequest } from '../../src/contract/wire.js';

type Answer = Awaited<ReturnType<WireFetch>>;
const calls = (handle: (request: WireRequest, inner: WireFetch) => Promise<Answer>) => (): Breakage => ({
  fetch: (inner) => (request) => handle(request, inner),
});
const isWrite = ({ method }: WireRequest) => method !== 'GET';
const isChange = ({ method }: WireRequest) => method === 'PATCH' || method === 'PUT';

/** Asks for the state instead of changing it: a write that is answered as if it had happened. */
const only = (wanted: (request: WireRequest) => boolean) =>
  calls((request, inner) =>
    !isWrite(request) || wanted(request)
      ? inner(request)
      : inner(wireRequest(request.url, { method: 'GET', headers: request.headers })),
  );

/**
 * Defects so coarse that they break the first thing that a check looks at, each in another way. How every scenario
 * judges them is kept, so that a check that looks less closely shows.
 */
export const CRUDE_DEFECTS: Record<string, MakeBreakage> = {
  'writes nothing': only(() => false),
  'creates nothing': only((request) => request.method !== 'POST'),
  'updates nothing': only((request) => !isChange(request)),
  'creates twice': calls(async (request, inner) => {
    if (request.method === 'POST') await inner(request);
    return inner(request);
  }),
  'updates twice': calls(async (request, inner) => {
    if (isChange(request)) await inner(request);
    return inner(request);
  }),
  'deletes what it has created': calls(async (request, inner) => {
    const answer = await inner(request);
    if (request.method !== 'POST' || answer.status !== 201) return answer;
    const text = await answer.text();
    const { id } = JSON.parse(text) as { id: string | number };
    await inner(wireRequest(`${request.url}/${id}`, { method: 'DELETE', headers: request.headers }));
    return { ...answer, text: async () => text, json: async () => JSON.parse(text) as unknown };
  }),
  'writes something else': () => ({ stages: { carry: () => 'else' } }),
  'writes no value': () => ({ stages: { carry: () => null } }),
  'matches nothing': () => ({
    plan: (plan) => ({ ...plan, pairs: plan.pairs.map((pair) => ({ ...pair, match: [] })) }),
  }),
  'knows half of the properties': () => ({
    plan: (plan) => ({
      ...plan,
      pairs: plan.pairs.map((pair) => ({ ...pair, rows: pair.rows.filter((_row, at) => at % 2 === 0) })),
    }),
  }),
  'creates in any case': () => ({
    plan: (plan) => ({
      ...plan,
      pairs: plan.pairs.map((pair) => ({
        ...pair,
        creation: { a: { kind: 'every' }, b: { kind: 'every' } },
      })),
    }),
  }),
  'reports nothing': () => ({ status: () => ({ state: 'ok', problems: [] }) }),
  'hears no events': () => ({ service: (inner) => async (request) => refused(await inner(request)) }),
};

function refused(answer: Answer): Answer {
  return { ...answer, status: 500 };
}
