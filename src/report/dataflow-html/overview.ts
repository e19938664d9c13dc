import { SENTENCE_FORMS } from '../../document/model.js';
import type { RunRecord, Verdict } from '../../run/record.js';
import {
  countVerdicts,
  describeCounts,
  FORM_WORDS,
  REPORT_ORDER,
  totalOf,
  VERDICT_WORDS,
  worstOf,
  type Counts,
} from '../words.js';
import { badge } from './badge.js';
import { html, raw, type Markup } from './html.js';

/** Counts of checks and of sentences, one column per verdict, each row with its own total. */
export function countsTable(run: RunRecord): Markup {
  const rows: [string, Counts][] = [
    ['Checks', countVerdicts(run.checks)],
    ['Sentences', countVerdicts(run.sentences)],
  ];
  return html`<table class="counts">
    <caption class="unseen">
      Counts by verdict
    </caption>
    <thead>
      <tr>
        <td></td>
        ${REPORT_ORDER.map((verdict) => html`<th scope="col">${VERDICT_WORDS[verdict].label}</th>`)}
        <th scope="col">total</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, counts]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${REPORT_ORDER.map((verdict) => countCell(name, verdict, counts))}
            <td data-count="${name.toLowerCase()}-total">${totalOf(counts)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function countCell(name: string, verdict: Verdict, counts: Counts): Markup {
  const shown = counts[verdict] === 0 ? raw('zero') : raw(verdict);
  return html`<td class="${shown}" data-count="${name.toLowerCase()}-${verdict}">${counts[verdict]}</td>`;
}

/** Pairs against sentence forms; each cell leads to its sentence. */
export function matrix(run: RunRecord): Markup | null {
  if (run.pairs.length === 0) return null;
  const forms = SENTENCE_FORMS.filter((form) => run.sentences.some((one) => one.form === form));
  const rows = run.pairs.map((pair) => {
    const cells = forms.map((form) => {
      const own = run.sentences.filter((one) => one.pair === pair.slug && one.form === form);
      return html`<td class="${raw(own.length === 0 ? 'no-cell' : 'has-cell')}">
        ${own.length === 0 ? html`<span class="absent">·</span>` : own.map((one) => matrixCell(run, one))}
      </td>`;
    });
    return html`<tr>
      <th scope="row"><a href="#line-${pair.line}">${pair.source} ↔ ${pair.target}</a></th>
      ${cells}
    </tr>`;
  });
  return html`<section aria-labelledby="matrix">
    <h2 id="matrix">Pairs and sentences</h2>
    <div class="scroll" role="region" aria-labelledby="matrix" tabindex="0">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Pair</th>
            ${forms.map((form) => html`<th scope="col">${FORM_WORDS[form]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

function matrixCell(run: RunRecord, sentence: RunRecord['sentences'][number]): Markup {
  const ids = new Set(sentence.checks);
  const counts = countVerdicts(run.checks.filter((check) => ids.has(check.id)));
  const words = worstOf(counts) === null ? 'checked elsewhere, or not at all' : describeCounts(counts);
  return html`<a class="cell" href="#line-${sentence.line}" title="${words}"
    ><span class="form">${FORM_WORDS[sentence.form]}</span>${badge(sentence.verdict)}<small
      >${words}</small
    ></a
  >`;
}

/** What the verdicts mean. */
export function legend(): Markup {
  return html`<dl class="legend">
    ${REPORT_ORDER.map(
      (verdict) =>
        html`<div>
          <dt>${badge(verdict)}</dt>
          <dd>${VERDICT_WORDS[verdict].meaning}</dd>
        </div>`,
    )}
  </dl>`;
}

const choice = (id: string, label: string, count: number, checked: boolean) =>
  html`<input type="radio" name="verdict" id="show-${id}" ${checked ? raw(' checked') : null} /><label
      for="show-${id}"
      class="${id}"
      >${label} <b>${count}</b></label
    >`;

/** Radio buttons that the style sheet reads: filtering needs no script. */
export function filterBar(run: RunRecord): Markup {
  const counts = countVerdicts(run.checks);
  return html`<form class="filter" aria-label="Filter by verdict">
    <fieldset>
      <legend>Show</legend>
      ${choice('all', 'everything', run.checks.length, true)}
      ${REPORT_ORDER.map((verdict) => choice(verdict, VERDICT_WORDS[verdict].label, counts[verdict], false))}
    </fieldset>
    ${REPORT_ORDER.filter((verdict) => counts[verdict] === 0).map(
      (verdict) => html`<p class="nothing ${raw(verdict)}">No check is ${VERDICT_WORDS[verdict].label}.</p>`,
    )}
  </form>`;
}

/** The gate's rules, passed and failed. */
export function gateTable(run: RunRecord): Markup {
  const rows = run.gate.results.map(
    (one) =>
      html`<tr>
        <td>${one.passed ? '✓ passed' : html`<b>✗ not passed</b>`}</td>
        <th scope="row">${one.rule}</th>
        <td>${one.expected}</td>
        <td>${one.found}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="gate">
    <h2 id="gate">
      Gate: ${run.gate.passed ? 'passed' : 'not passed'} <small>exit code ${run.gate.exitCode}</small>
    </h2>
    <div class="scroll" role="region" aria-labelledby="gate" tabindex="0">
      <table class="doc">
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">Rule</th>
            <th scope="col">Expected</th>
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
