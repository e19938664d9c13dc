import type { FaultRow, ProofRecord } from '../../proof/proof-record.js';
import { html, raw, type Markup } from '../dataflow-html/html.js';

const STYLE = `
:root{--paper:#fff;--ink:#1d2127;--soft:#555d68;--rule:#dcdad3;--good:#1c6b3c;--bad:#ad1f1a}
@media (prefers-color-scheme:dark){:root{--paper:#1b1f25;--ink:#e7e9ec;--soft:#a7b0bb;--rule:#343a43;--good:#86d8a2;--bad:#ffa69e}}
html{color-scheme:light dark}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:2rem 1.5rem}
h1{font-family:Charter,Georgia,serif}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
.killed{color:var(--good)}.wrong-check,.survived{color:var(--bad);font-weight:700}
code{font-size:.85em}small{color:var(--soft);display:block}summary{cursor:pointer}
`;

function foundBy(row: FaultRow): Markup {
  const [first] = row.killedBy;
  if (first === undefined)
    return html`${row.others.length} other checks: ${row.others.slice(0, 5).join(', ')}`;
  return html`<details>
    <summary><code>${first.id}</code></summary>
    ${row.killedBy.map((one) => html`<p><code>${one.id}</code><small>${one.reason}</small></p>`)}
    <p>${row.others.length} other checks went red beside them.</p>
  </details>`;
}

/** One self-contained page, readable without scripts. */
export function renderProofHtml(proof: ProofRecord): string {
  const { faults, killed, wrongCheck, survived, referenceRed } = proof.summary;
  const rows = proof.faults.map(
    (row) =>
      html`<tr>
        <td>${row.id}</td>
        <td>${row.title}<small>${row.nearest}</small></td>
        <td>${row.breaks}</td>
        <td class="${row.verdict}">${row.verdict}</td>
        <td>${foundBy(row)}</td>
      </tr>`,
  );
  const reference = proof.reference.map(
    (row) =>
      html`<tr>
        <td>${row.variant}</td>
        <td>${row.checks}</td>
        <td>${row.verified}</td>
        <td>${row.red.length + row.errors.length}</td>
      </tr>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Kill matrix</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>What the checklist would catch</h1>
          <p>
            ${faults} faults: ${killed} killed by the checks of the right sentence, ${wrongCheck} by other
            checks only, ${survived} survived. The correct sync: ${referenceRed} red checks. Seed
            ${proof.seed}.
          </p>
          <table>
            <thead>
              <tr>
                <th>Fault</th>
                <th>What is broken</th>
                <th>Breaks</th>
                <th>Verdict</th>
                <th>Found by</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
          <h2>The correct sync</h2>
          <table>
            <thead>
              <tr>
                <th>Document and policies</th>
                <th>Checks</th>
                <th>Verified</th>
                <th>Red</th>
              </tr>
            </thead>
            <tbody>
              ${reference}
            </tbody>
          </table>
        </main>
      </body>
    </html>`.text;
}
