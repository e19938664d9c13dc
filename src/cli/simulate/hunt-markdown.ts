import type { HuntRecord, HuntRow } from '../../proof/simulation/hunt-record.js';

const cell = (text: string) => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');

/** What it took to find each fault, as a page without times, so that the same hunt gives the same bytes. */
export function renderHuntMarkdown(record: HuntRecord): string {
  const { hunted, found, median } = record.summary;
  return [
    '# Faults found by the simulation',
    '',
    `Made by \`syncproof simulate --fault all --runs ${record.most} --seed ${record.seeds[0] ?? 1} --docs docs/generated/fault-hunt.md\`:`,
    `random histories of ${record.length} operations are played against each faulty sync of the [kill matrix](kill-matrix.md)`,
    `until one fails that the correct sync passes, on ${record.seeds.length} seeds. A fault that most seeds do not find within`,
    `${record.most} histories is not found.`,
    '',
    `${found} of ${hunted} faults found, in ${median ?? `more than ${record.most}`} histories by the median of all; seeds ${record.seeds.join(', ')}.`,
    '',
    '| fault | what is broken | median of histories | on each seed | invariants that broke |',
    '| --- | --- | --- | --- | --- |',
    ...record.faults.map(row),
    '',
    '## No matter of histories',
    '',
    '| fault | what is broken | why |',
    '| --- | --- | --- |',
    ...record.notHistories.map(({ id, title, reason }) => `| ${id} | ${cell(title)}. | ${cell(reason)} |`),
    '',
  ].join('\n');
}

function row({ id, title, median, histories, invariants }: HuntRow): string {
  const each = histories.map((one) => one ?? 'none').join(', ');
  return `| ${id} | ${cell(title)}. | ${median ?? 'not found'} | ${each} | ${invariants.join(', ')} |`;
}
