import type { PairPlan } from '../../checklist/plan.js';
import type { JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { wireRequest } from '../../contract/wire.js';
import type { BreakTools } from '../../drivers/breakage.js';
import type { SyncStore } from '../../sync/store/port.js';
import { agrees } from '../../sync/json.js';
import type { Fault } from './fault.js';
import { headersOf, pathOf, storing } from './tools.js';

/** The pair that creates under a condition, and what the condition is. */
function conditionOf({ plan }: BreakTools) {
  for (const pair of plan.pairs)
    if (pair.creation.a.kind === 'when') return { pair, ...pair.creation.a.condition };
  throw new Error('the plan holds no condition');
}

/** Records of side a that are passed over, decided whenever their content is noted: `id`, what it holds, whether it was seen before. */
function passingOver(
  { entity }: PairPlan,
  isPassedOver: (fields: JsonObject, isFirst: boolean, wasPassedOver: boolean) => boolean,
) {
  const seen = new Set<string>();
  const passed = new Set<string>();
  return storing((inner): Partial<SyncStore> => {
    const isHidden = (key: { side: string; entity: string; id: string }) =>
      key.side === 'a' && key.entity === entity.a && passed.has(key.id);
    return {
      remember: (key, digest, texts) => {
        if (key.side === 'a' && key.entity === entity.a) {
          const fields = JSON.parse(digest) as JsonObject;
          if (isPassedOver(fields, !seen.has(key.id), passed.has(key.id))) passed.add(key.id);
          else passed.delete(key.id);
          seen.add(key.id);
        }
        inner.remember(key, digest, texts);
      },
      dirty: () => inner.dirty().filter((entry) => !isHidden(entry)),
    };
  });
}

/** Our own: creation under a condition. */
export const CONDITIONS: Fault[] = [
  {
    id: 106,
    title: 'A record that meets the condition from the start waits for an edit',
    breaks: 'sync-when, I2',
    suite: 'conditional',
    expected: /\/sync-when\/.*\/met$/,
    make: (tools) => {
      const { pair, path, equals } = conditionOf(tools);
      return passingOver(pair, (fields, isFirst) => isFirst && agrees(getPath(fields, path), equals));
    },
  },
  {
    id: 107,
    title: 'The condition is not asked',
    breaks: 'sync-when, I8',
    suite: 'conditional',
    expected: /\/sync-when\/.*\/not-met$/,
    make: () => ({
      plan: (plan) => ({
        ...plan,
        pairs: plan.pairs.map((pair) => ({ ...pair, creation: { ...pair.creation, a: { kind: 'every' } } })),
      }),
    }),
  },
  {
    id: 108,
    title: 'The condition is asked once, when a record is first seen',
    breaks: 'sync-when, I2',
    suite: 'conditional',
    expected: /\/sync-when\/.*\/becomes-met$/,
    make: (tools) => {
      const { pair, path, equals } = conditionOf(tools);
      return passingOver(pair, (fields, isFirst, wasPassedOver) =>
        isFirst ? !agrees(getPath(fields, path), equals) : wasPassedOver,
      );
    },
  },
  {
    id: 109,
    title: 'A record that no longer meets the condition takes its counterpart along',
    breaks: 'sync-when, I8',
    suite: 'conditional',
    expected: /\/sync-when\/.*\/ceases$/,
    make: (tools) => {
      const { pair, path, equals } = conditionOf(tools);
      const carried = pair.rows.find((row) => row.a === path)?.b ?? path;
      return {
        fetch: (inner) => async (request) => {
          const answer = await inner(request);
          if (request.method !== 'PATCH' || !pathOf(request).startsWith('/objects')) return answer;
          const sent = getPath(JSON.parse(await request.text()) as JsonObject, `properties.${carried}`);
          if (sent !== null && !agrees(sent, equals))
            await inner(wireRequest(request.url, { method: 'DELETE', headers: headersOf(request) }));
          return answer;
        },
      };
    },
  },
  {
    id: 110,
    title: 'Records that someone links are believed to be in step: what one lacks is not filled',
    breaks: 'link-first, I1',
    suite: 'by-hand',
    expected: /\/link-first\/.*\/linked$/,
    make: () => ({
      stages: { alreadyThere: (value, held) => held === null || agrees(value, held) },
    }),
  },
  {
    id: 111,
    title: 'An edit of one of two properties that one property feeds does not reach the other',
    breaks: 'keep-in-sync, I1',
    suite: 'fan-out',
    expected: /\/keep-in-sync\/.*\/spreads$/,
    make: () => ({ stages: { looksAgain: () => false } }),
  },
  {
    id: 112,
    title: 'Match keys are compared as they are written, though they are carried in another form',
    breaks: 'merge-on, I28',
    suite: 'fan-out',
    expected: /\/merge-on\/.*\/match\/number$/,
    make: () => ({
      plan: (plan) => ({ ...plan, pairs: plan.pairs.map(asWritten) }),
    }),
  },
];

const asWritten = (pair: PairPlan): PairPlan => ({
  ...pair,
  match: pair.match.map((key) => ({
    ...key,
    parts: key.parts.map(({ a, b, normalise }) => ({ a, b, normalise })),
  })),
});
