import type { CheckRecord, RunRecord } from '../../run/record.js';
import { headline } from '../exchange-text.js';
import { anchorOf } from '../identity.js';
import { plural } from '../words.js';
import { badge } from './badge.js';
import { html, type Markup } from './html.js';

const NAMED = 6;

/** What needs action, right below the matrix: the rules of the gate that did not hold, then the first bad checks. */
export function actionList(run: RunRecord): Markup | null {
  const rules = run.gate.results.filter((one) => !one.passed);
  const bad = [...withVerdict(run, 'failed'), ...withVerdict(run, 'error')];
  if (rules.length + bad.length === 0) return null;
  return html`<section class="action" aria-labelledby="action">
    <h2 id="action">What needs action</h2>
    <ul class="rules">
      ${rules.map(
        (one) => html`<li>Gate: <b>${one.rule}</b>, expected ${one.expected}, found <b>${one.found}</b></li>`,
      )}
    </ul>
    <ul class="bad">
      ${bad.slice(0, NAMED).map(
        (check) =>
          html`<li>
            ${badge(check.verdict)} <a href="#${anchorOf(check.id)}">${check.title}</a>
            <span class="why">${headline(check)}</span>
          </li>`,
      )}
    </ul>
    ${
      bad.length > NAMED
        ? html`<p class="more">
            and ${plural(bad.length - NAMED, 'check')} more: choose
            <label for="show-failed">failed</label> or <label for="show-error">error</label> below
          </p>`
        : null
    }
  </section>`;
}

const withVerdict = (run: RunRecord, verdict: CheckRecord['verdict']) =>
  run.checks.filter((check) => check.verdict === verdict);
