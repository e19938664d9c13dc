import type { CheckRecord, RunRecord } from '../../run/record.js';
import { groupBy } from '../group.js';
import { allureFragment, anchorOf } from '../identity.js';
import { countVerdicts, plural } from '../words.js';
import { badge, filterClasses } from './badge.js';
import { evidenceOf } from './evidence.js';
import { html, raw, type Markup } from './html.js';

/** The checks behind one sentence: what needs action in full, what is not testable by reason, the rest as a table. */
export function checkList(run: RunRecord, checks: CheckRecord[]): Markup {
  const of = (...verdicts: CheckRecord['verdict'][]) =>
    checks.filter((one) => verdicts.includes(one.verdict));
  const verified = of('verified');
  return html`${of('failed', 'error').map((check) => card(run, check))}${of('waived').map((check) => card(run, check))}
  ${notTestable(of('not-testable'))}${verified.length === 0 ? null : verifiedTable(run, verified)}`;
}

function card(run: RunRecord, check: CheckRecord): Markup {
  const { waiver } = check;
  return html`<article
    class="card ${raw(check.verdict)} ${filterClasses(countVerdicts([check]))}"
    id="${anchorOf(check.id)}"
  >
    <h4>${badge(check.verdict)} ${check.title}</h4>
    ${check.reason === null ? null : html`<p class="reason">${check.reason}</p>`}
    ${check.remedy === null ? null : html`<p class="remedy"><b>What to do</b> ${check.remedy}</p>`}
    ${
      waiver === null
        ? null
        : html`<p class="remedy">
            <b>Waived</b> until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}
          </p>`
    }
    ${steps(check)}
    ${evidenceOf(
      check,
      run.pairs.find((one) => one.slug === check.pair),
    )}
    ${facts(check)}
    <p class="replay"><b>Replay</b> <code>${check.replay}</code></p>
    <p class="links">${allureLink(run, check, 'Open in Allure')}</p>
  </article>`;
}

function steps(check: CheckRecord): Markup | null {
  if (check.steps.length === 0) return null;
  const items = check.steps.map(
    (step) =>
      html`<li class="step-${raw(step.status)}">
        ${step.text}${step.status === 'failed' ? html` <b>(failed)</b>` : null}
      </li>`,
  );
  return html`<ol class="steps">
    ${items}
  </ol>`;
}

function facts(check: CheckRecord): Markup {
  const all: [string, string | null][] = [
    ['Check', check.id],
    ['Direction', check.direction],
    ['Property', check.property],
    ['Value', check.value],
    ['Origin', check.origin],
    ['Policies relied on', check.policies.join(', ') || null],
    ['Invariants', check.invariants.join(', ') || null],
  ];
  return html`<dl class="facts">
    ${all.map(([name, value]) =>
      value === null
        ? null
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

function notTestable(checks: CheckRecord[]): Markup[] {
  const groups = groupBy(checks, (check) => JSON.stringify([check.reason, check.remedy]));
  return Array.from(groups.values(), (group) => {
    const first = group[0];
    return html`<article class="card not-testable ${filterClasses(countVerdicts(group))}">
      <h4>${badge('not-testable')} ${plural(group.length, 'check')}</h4>
      <p class="reason">${first?.reason ?? 'No reason was recorded.'}</p>
      ${first?.remedy ? html`<p class="remedy"><b>What to do</b> ${first.remedy}</p>` : null}
      <details>
        <summary>Which</summary>
        <ul class="ids">
          ${group.map(
            (check) => html`<li id="${anchorOf(check.id)}">${check.title} <code>${check.id}</code></li>`,
          )}
        </ul>
      </details>
    </article>`;
  });
}

function verifiedTable(run: RunRecord, checks: CheckRecord[]): Markup {
  const policies = [...new Set(checks.flatMap((check) => check.policies))];
  const rows = checks.map(
    (check) =>
      html`<tr id="${anchorOf(check.id)}">
        <td>✓ ${check.title}<code>${check.id}</code></td>
        <td>${check.direction ?? '–'}</td>
        <td>${check.value ?? '–'}</td>
        <td>${check.origin}</td>
        <td>${allureLink(run, check)}</td>
      </tr>`,
  );
  return html`<details class="${filterClasses(countVerdicts(checks))}">
    <summary>${badge('verified')} ${plural(checks.length, 'check')}</summary>
    ${policies.length === 0 ? null : html`<p class="policies"><b>Policies relied on</b> ${policies.join(' · ')}</p>`}
    <div class="scroll" role="region" aria-label="Verified checks" tabindex="0">
      <table class="checks">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Direction</th>
            <th scope="col">Value</th>
            <th scope="col">Row from</th>
            <th scope="col">More</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

function allureLink(run: RunRecord, check: CheckRecord, words = 'Allure'): Markup {
  return html`<a href="allure/index.html#${allureFragment(run, check)}"
    >${words}<span class="unseen"> result of ${check.title}</span></a
  >`;
}
