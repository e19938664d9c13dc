import type { FailedHistory, SimulationRecord } from '../../proof/simulation/simulation-record.js';

/** What a user reads of a simulation on the terminal. */
export function renderSimulation(record: SimulationRecord, length: number, path: string): string {
  const { verdicts, runs, seed, durationMs } = record;
  const rate = Math.round(runs / (durationMs / 60_000));
  const counts = `${verdicts.pass} pass, ${verdicts.fail} fail, ${verdicts.inconclusive} inconclusive, ${verdicts['not-applicable']} not applicable`;
  return [
    ...record.failures.flatMap(renderFailure),
    `${runs} histories of ${length} operations, seed ${seed}: ${counts}; ${rate} a minute`,
    ...Object.entries(record.reasons)
      .toSorted(([, one], [, other]) => other - one)
      .map(([reason, count]) => `  ${count} without a verdict: ${reason}`),
    ...(record.unexercised.length === 0 ? [] : [`never exercised: ${record.unexercised.join(', ')}`]),
    ...record.notOffered.map(({ what, reason }) => `not played: ${what}, since ${reason}`),
    `  ${path}`,
  ].join('\n');
}

function renderFailure(one: FailedHistory): string[] {
  const policies = Object.entries(one.policies).map(([name, value]) => `${name}: ${value}`);
  return [
    `${one.invariant} is broken in history ${one.run}${policies.length === 0 ? '' : `, under ${policies.join(', ')}`}`,
    ...one.steps,
    `  ${one.reason}`,
    `  replay: ${one.replay}`,
    `  as data: ${one.file}`,
    '',
  ];
}
