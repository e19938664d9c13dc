import pc from 'picocolors';
import type { FaultRow, ProofRecord } from '../../proof/proof-record.js';

const WORDS: Record<FaultRow['verdict'], string> = {
  killed: 'killed',
  'wrong-check': 'WRONG CHECK',
  survived: 'SURVIVED',
};

/** One line of the kill matrix, at most 80 columns but for long ids. */
export function renderProofRow(row: FaultRow, color: boolean): string {
  const colors = pc.createColors(color);
  const paint = row.verdict === 'killed' ? colors.green : colors.red;
  const by = row.killedBy[0]?.id ?? row.others[0] ?? 'no check';
  const more = row.killedBy.length > 1 ? ` +${row.killedBy.length - 1}` : '';
  const title = row.title.length > 60 ? `${row.title.slice(0, 59)}…` : row.title;
  return `${paint(WORDS[row.verdict].padEnd(11))} ${String(row.id).padStart(3)}  ${title}\n                 ${colors.dim(`${by}${more}`)}`;
}

export function renderProofSummary(proof: ProofRecord, color: boolean): string {
  const colors = pc.createColors(color);
  const { faults, killed, wrongCheck, survived, referenceRed } = proof.summary;
  const good = killed === faults && referenceRed === 0;
  const lines = [
    '',
    `${faults} faults: ${killed} killed by the right checks, ${wrongCheck} by others only, ${survived} survived`,
    `correct sync under ${proof.reference.length} sets of policies: ${referenceRed} red of ${proof.reference.reduce((sum, row) => sum + row.checks, 0)} checks`,
  ];
  for (const row of proof.reference)
    for (const red of row.red) lines.push(colors.red(`  ${row.variant}: ${red.id}: ${red.reason}`));
  for (const row of proof.faults.filter((one) => one.errors.length > 0))
    lines.push(
      `  fault ${row.id}: ${row.errors.length} checks could not be judged, first: ${row.errors[0] ?? ''}`,
    );
  const seconds = (proof.durationMs / 1000).toFixed(0);
  lines.push(
    good ? colors.green(`The suite is proven in ${seconds} s.`) : colors.red('The suite is NOT proven.'),
    '',
  );
  return lines.join('\n');
}
