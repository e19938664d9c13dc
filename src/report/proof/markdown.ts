import type { ProofRecord } from '../../proof/proof-record.js';

const cell = (text: string) => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

/** The kill matrix without times, so that the same run gives the same bytes. */
export function renderProofMarkdown(proof: ProofRecord): string {
  const { faults, killed, wrongCheck, survived, referenceRed } = proof.summary;
  const rows = proof.faults.map((row) => {
    const first = row.killedBy[0];
    const beside = row.others.length === 0 ? '' : `, ${row.others.length} others`;
    const found = first === undefined ? 'none' : `\`${first.id}\` (${row.killedBy.length} expected${beside})`;
    const nearest = row.nearest === null ? '' : ` *Nearest: ${row.nearest}.*`;
    return `| ${row.id} | ${cell(row.title)}.${cell(nearest)} | ${cell(row.breaks)} | ${row.verdict} | ${cell(found)} |`;
  });
  const reference = proof.reference.map(
    (row) =>
      `| ${cell(row.variant)} | ${row.checks} | ${row.verified} | ${row.red.length + row.errors.length} |`,
  );
  return [
    '# Kill matrix',
    '',
    'Made by `npm run prove`: the checklist judges the correct sync, and then the same sync with one fault at a time.',
    'The numbers up to 100 are those of the catalogue of defects seen in real connectors, those above are our own.',
    '',
    `${faults} faults: ${killed} killed by the checks of the right sentence, ${wrongCheck} by other checks only, ${survived} survived.`,
    `The correct sync: ${referenceRed} red checks under ${proof.reference.length} sets of policies.`,
    '',
    '| fault | what is broken | breaks | verdict | found by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '## The correct sync',
    '',
    '| document and policies | checks | verified | red |',
    '| --- | --- | --- | --- |',
    ...reference,
    '',
  ].join('\n');
}
