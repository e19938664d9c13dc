import type { CheckRecord, RunRecord } from '../../run/record.js';
import { groupBy } from '../group.js';
import { anchorOf } from '../identity.js';
import { countVerdicts, plural, worstOf } from '../words.js';
import { badge, filterClasses, tally } from './badge.js';
import type { Block, Row } from './blocks.js';
import { html, type Markup } from './html.js';
import { checksOfRow, type PlacedBlock, type Section } from './place.js';

type Table = Extract<Block, { kind: 'table' }>;

/** A table of the document with a verdict on every row; one that holds only its header says what is used instead. */
export function documentTable(run: RunRecord, table: Table, placed: PlacedBlock, section: Section): Markup {
  const judged = section.pair !== null && placed.announcedBy !== null;
  const head = table.header.map(
    (row) =>
      html`<tr>
        ${row.cells.map((cell) => html`<th scope="col">${cell}</th>`)}${
          judged ? html`<th scope="col">Verdict</th>` : null
        }
      </tr>`,
  );
  const rows = table.rows.map((row) =>
    documentRow(row, placed, judged ? checksOfRow(row, placed, section, run.rows) : null),
  );
  const empty =
    table.rows.length === 0 ? html`<p class="note">The document's table holds only its header.</p>` : null;
  const fromProfile =
    placed.announcedBy?.form === 'properties' ? profileRows(run, section, table.rows.length === 0) : null;
  return html`<div class="scroll" role="region" aria-label="Table, line ${table.line}" tabindex="0">
      <table class="doc">
        <thead>
          ${head}
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${empty}${fromProfile}`;
}

function documentRow(row: Row, placed: PlacedBlock, checks: CheckRecord[] | null): Markup {
  const cells = row.cells.map((cell) => html`<td>${cell}</td>`);
  if (checks === null)
    return html`<tr id="line-${row.line}">
      ${cells}
    </tr>`;
  const counts = countVerdicts(checks);
  return html`<tr id="line-${row.line}" class="row ${filterClasses(counts)}">
    ${cells}
    <td>
      ${checks.length === 0 ? asItsSentence(placed) : verdictCell(checks)}
      <span class="line">line ${row.line}</span>
    </td>
  </tr>`;
}

/** Rows of a match table are judged together, by the sentence that announces them. */
function asItsSentence({ announcedBy }: PlacedBlock): Markup {
  if (announcedBy?.form !== 'merge-on') return badge(null);
  return html`${badge(announcedBy.verdict)} <a href="#line-${announcedBy.line}">as its sentence</a>`;
}

function verdictCell(checks: CheckRecord[]): Markup {
  const counts = countVerdicts(checks);
  return html`${badge(worstOf(counts))}
    <details class="behind">
      <summary>${plural(checks.length, 'check')}</summary>
      <p>${tally(counts)}</p>
      <ul class="ids">
        ${checks.map((check) => html`<li><a href="#${anchorOf(check.id)}">${check.title}</a></li>`)}
      </ul>
    </details>`;
}

function profileRows(run: RunRecord, section: Section, documentHasNone: boolean): Markup | null {
  const own = section.checks.filter((check) => check.origin === 'profile' && check.property !== null);
  if (own.length === 0) {
    return documentHasNone
      ? html`<p class="note">
          The profile names no property either, so no property of this pair can be checked.
        </p>`
      : null;
  }
  const rows = Array.from(
    groupBy(own, (check) => check.property ?? ''),
    ([property, checks]) => {
      const directions = [...new Set(checks.flatMap((check) => check.direction ?? []))];
      const row = run.rows?.find((one) => one.pair === section.pair?.slug && one.slug === property);
      return html`<tr class="row ${filterClasses(countVerdicts(checks))}">
        <td><code>${row?.a ?? property}</code></td>
        <td>${row === undefined ? '–' : html`<code>${row.b}</code>`}</td>
        <td>${row?.transform ?? '–'}</td>
        <td>${directions.length === 2 ? 'both ways' : (directions[0] ?? '–')}</td>
        <td>${verdictCell(checks)}</td>
      </tr>`;
    },
  );
  return html`<section class="profile" aria-label="Rows from the profile">
    <p>
      <b>${plural(rows.length, 'property', 'properties')} from the profile</b> ${run.profile?.path ?? ''}, not
      from the document
    </p>
    <div class="scroll" role="region" aria-label="Properties from the profile" tabindex="0">
      <table class="doc">
        <thead>
          <tr>
            <th scope="col">${section.pair?.source ?? 'Property'}</th>
            <th scope="col">${section.pair?.target ?? 'Counterpart'}</th>
            <th scope="col">Transform</th>
            <th scope="col">Direction</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
