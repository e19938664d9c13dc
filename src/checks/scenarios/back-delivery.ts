import type { CheckContext } from '../context.js';
import { makeRecordBack } from '../establish-back.js';
import { expectCount, idsOf, newRecords, onlyNew } from '../establish.js';
import { creatableBack, sampleB } from '../sample-back.js';
import { CheckFailure } from '../failure.js';
import { disturbRoute } from './helpers.js';

type Arrange = {
  /** Prepares what goes wrong, before the record is created. */
  before?: (context: CheckContext) => void;
  /** What happens between the creation and the rest of the sync's work. */
  after?: (context: CheckContext) => Promise<void>;
  words: string;
};

/** A new record of side b gets one counterpart, whatever happens on the way. */
const once =
  ({ before, after, words }: Arrange) =>
  async (context: CheckContext): Promise<void> => {
    const fields = await sampleB(context, await creatableBack(context));
    const known = await idsOf(context, 'a');
    before?.(context);
    const bId = await makeRecordBack(context, fields);
    context.step(`Given a new ${context.name('b')}, and ${words}`);
    await after?.(context);
    await context.settle();
    context.subject = { aId: await onlyNew(context, known, 'a'), bId };
    await context.settle();
    await expectCount(context, 'b', 1, 'on its own side');
    await onlyNew(context, known, 'a');
    context.step(`Then there is exactly one ${context.name('a')}`);
  };

const hold = (context: CheckContext) => context.world.events?.hold();

/** I16: the create is committed, its answer is lost. */
export const backLostResponse = once({
  before: (context) => void disturbRoute(context, 'a', 'create', { kind: 'commit-then-drop' }),
  words: 'the answer to the creation of its counterpart is lost',
});

/** I15: polling finds what a lost event would have told. */
export const backLostEvent = once({
  before: hold,
  after: async (context) => {
    context.world.events?.drop();
    context.world.events?.release();
  },
  words: 'its events are lost',
});

/** I17: the process is stopped and started again before it heard of the record. */
export const backRestart = once({
  before: hold,
  after: async (context) => {
    await context.world.sync.restart?.();
    context.world.events?.release();
  },
  words: 'the sync is restarted',
});

/** I16, I17: the process is gone after the create took effect and before the link was stored. */
export const backCrash = once({
  before: (context) =>
    void disturbRoute(context, 'a', 'create', {
      kind: 'after',
      act: async () => context.world.sync.kill?.(),
    }),
  after: async (context) => {
    await context.world.sync.tick?.();
    await context.world.sync.restart?.();
  },
  words: 'the sync is killed when its counterpart was just created',
});

/** I5, I23: the other system fails for a while; the counterpart is created later, once. */
export const backTransientError = once({
  before: (context) =>
    void disturbRoute(context, 'a', 'create', { kind: 'answer', status: 503 }, { times: 5 }),
  words: 'its counterpart cannot be created for a while',
});

/** I6, I15: an event delivered twice, and all of them again at the end. */
export async function backRepeatedEvent(context: CheckContext): Promise<void> {
  await once({
    before: hold,
    after: async ({ world }) => {
      world.events?.duplicate();
      world.events?.release();
    },
    words: 'its events are delivered twice',
  })(context);
  const mark = context.mark();
  await context.world.events?.redeliverAll();
  await context.settle();
  const writes = context.syncWrites(mark).length;
  if (writes > 0) throw new CheckFailure(`events that were delivered again caused ${writes} writes`);
  context.step('and delivering every event again writes nothing');
}

/** I18: two workers start at the same time on the same work. */
export async function backTwoWorkers(context: CheckContext): Promise<void> {
  const extra = await creatableBack(context);
  const records = [await sampleB(context, extra), await sampleB(context, extra)];
  const known = await idsOf(context, 'a');
  for (const fields of records) await makeRecordBack(context, fields);
  context.step(`Given two new ${context.name('b')} and two workers at once`);
  await context.world.sync.together?.();
  await context.world.sync.together?.();
  await context.settle();
  const found = (await newRecords(context, 'a', known)).length;
  if (found !== 2)
    throw new CheckFailure(`two workers made ${found} ${context.name('a')} of two ${context.name('b')}`);
  await expectCount(context, 'b', 2, 'on their own side');
  context.step('Then each has one counterpart');
}
