import type { RunRecord } from '../../run/record.js';
import { evidence } from './check-fixture.js';
import { mixedRun, settle } from './run-fixture.js';

export const HOSTILE = `<script>window.hacked=1</script><img src=x onerror="window.hacked=1">"';]]>&amp;\u0000\u001B[31m\uD800`;

/** Markup, script and control characters in every text a document, a profile or a system can bring in. */
export function hostileRun(): RunRecord {
  const run = mixedRun();
  run.document.title = `Webshop ${HOSTILE}`;
  run.document.text = run.document.text
    .replace('Webshop to CRM Dataflow', run.document.title)
    .replace('Webshop Product to CRM Product', `Webshop ${HOSTILE} to CRM Product`)
    .replace('- barcode', `- ${HOSTILE}`)
    .replace('belong together.', `belong together. ${HOSTILE}`);
  for (const pair of run.pairs) pair.owner = HOSTILE;
  for (const check of run.checks) {
    check.title += HOSTILE;
    check.id += HOSTILE;
    check.property = HOSTILE;
    check.value = HOSTILE;
    check.policies.push(HOSTILE);
    if (check.verdict === 'verified') continue;
    check.reason = HOSTILE;
    check.remedy = HOSTILE;
    check.replay = `npx syncproof run --only '${HOSTILE}'`;
    check.steps.push({ text: HOSTILE, status: 'failed' });
    if (check.evidence !== null) check.evidence = evidence(HOSTILE, `https://evil.example/${HOSTILE}`);
    if (check.waiver !== null) check.waiver = { reason: HOSTILE, owner: HOSTILE, expires: '2027-01-31' };
  }
  for (const sentence of run.sentences) sentence.checks = sentence.checks.map((id) => id + HOSTILE);
  run.diagnostics.push({
    severity: 'error',
    code: 'hostile',
    line: 9,
    message: HOSTILE,
    remedy: HOSTILE,
    words: HOSTILE,
  });
  run.diagnostics.push({
    severity: 'warning',
    code: 'profile-row',
    line: 3,
    message: HOSTILE,
    remedy: HOSTILE,
    path: `x${HOSTILE}.yaml`,
  });
  return settle(run);
}
