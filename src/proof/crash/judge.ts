import { differenceOf } from '../../checks/oracle/agree.js';
import { live } from './life.js';
import { observe, type Ending } from './observe.js';
import { LifeStopped, type CrashStage, type Finding } from './stage.js';

/** Lives the life on a stage and judges its end; `undisturbed` is null for the run that sets the measure. */
export async function judgeLife(
  stage: CrashStage,
  undisturbed: Ending | null,
): Promise<{ ending: Ending | null; findings: Finding[] }> {
  try {
    await live(stage);
  } catch (error) {
    if (!(error instanceof LifeStopped)) throw error;
    const kind = error.invariant === 'I6' ? 'stuck' : 'lost';
    return { ending: null, findings: [{ invariant: error.invariant, kind, message: error.message }] };
  }
  const findings = [...(await disagreements(stage)), ...(await unrest(stage))];
  const ending = await observe(stage);
  if (undisturbed !== null) findings.push(...compare(ending, undisturbed));
  return { ending, findings };
}

/** Linked records that do not agree, by the oracle of the checks (I1), and links that are not one-to-one (I2). */
async function disagreements(stage: CrashStage): Promise<Finding[]> {
  const links = await stage.links();
  const refer = (pair: string, aId: string) =>
    links.find((link) => link.pair === pair && link.aId === aId)?.bId ?? null;
  const findings: Finding[] = [];
  for (const pair of stage.plan.pairs) {
    const own = links.filter((link) => link.pair === pair.slug);
    for (const side of ['aId', 'bId'] as const)
      if (new Set(own.map((link) => link[side])).size < own.length)
        findings.push({ invariant: 'I2', kind: 'duplicated', message: `a ${pair.slug} is linked twice` });
    for (const { aId, bId } of own) {
      const [a, b] = [await stage.a.get(pair.entity.a, aId), await stage.b.get(pair.entity.b, bId)];
      if (a === null || b === null) {
        if (pair.policies.delete === 'propagate')
          findings.push({
            invariant: 'I2',
            kind: 'stuck',
            message: `the link ${pair.slug} ${aId} leads nowhere`,
          });
        continue;
      }
      for (const row of pair.rows) {
        const found = differenceOf(row, a.fields, b.fields, refer);
        if (found !== null)
          findings.push({
            invariant: 'I1',
            kind: 'stuck',
            message: `${pair.slug} ${aId}: ${found.path} is ${JSON.stringify(found.found)}, expected ${JSON.stringify(found.expected)}`,
          });
      }
    }
  }
  return findings;
}

/** Writes of a sync that has nothing left to do (I6). */
async function unrest(stage: CrashStage): Promise<Finding[]> {
  const count = () => stage.journal().filter((one) => one.caller === 'sync' && one.mutation !== null).length;
  const before = count();
  await stage.runAgain(3);
  await stage.redeliver();
  await stage.settle();
  const more = count() - before;
  return more === 0
    ? []
    : [{ invariant: 'I6', kind: 'other', message: `${more} writes after the sync was at rest` }];
}

function compare(ending: Ending, undisturbed: Ending): Finding[] {
  const findings: Finding[] = [];
  for (const [place, expected] of undisturbed.records) {
    const found = ending.records.get(place) ?? [];
    const missing = without(expected, found);
    const strange = without(found, expected);
    if (found.length < expected.length)
      findings.push({ invariant: 'I5', kind: 'lost', message: `${place}: ${missing.join('; ')} is missing` });
    else if (found.length > expected.length)
      findings.push({
        invariant: 'I2',
        kind: 'duplicated',
        message: `${place}: ${strange.join('; ')} is too much`,
      });
    else if (missing.length > 0)
      findings.push({
        invariant: 'I17',
        kind: 'stuck',
        message: `${place}: ${strange.join('; ')} instead of ${missing.join('; ')}`,
      });
  }
  if (ending.links.join('\n') !== undisturbed.links.join('\n'))
    findings.push({
      invariant: 'I3',
      kind: 'other',
      message: `the links are ${ending.links.join(', ')} instead of ${undisturbed.links.join(', ')}`,
    });
  const invented = [...ending.written].filter((one) => !undisturbed.written.has(one));
  if (invented.length > 0)
    findings.push({ invariant: 'I4', kind: 'other', message: `the sync wrote ${invented.join('; ')}` });
  if (ending.creates !== undisturbed.creates)
    findings.push({
      invariant: 'I16',
      kind: ending.creates > undisturbed.creates ? 'duplicated' : 'lost',
      message: `${ending.creates} records were created instead of ${undisturbed.creates}`,
    });
  return findings;
}

/** The texts of `list` that `other` lacks; each counts as often as it stands there. */
function without(list: string[], other: string[]): string[] {
  const left = [...other];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
