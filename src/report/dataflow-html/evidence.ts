import type { CheckRecord, Evidence, PairRecord } from '../../run/record.js';
import { exchangeText } from '../exchange-text.js';
import { cut, plural, showValue } from '../words.js';
import { html, type Markup } from './html.js';

const TEXT_LIMIT = 6000;

/** Difference, records and calls of a check; long texts are cut here and whole in Allure. */
export function evidenceOf(check: CheckRecord, pair: PairRecord | undefined): Markup {
  const evidence = check.evidence;
  const [a, b] = [pair?.source ?? 'First system', pair?.target ?? 'Second system'];
  if (evidence === null) return html``;
  return html`${differences(evidence)}
    <details>
      <summary>Records before and after</summary>
      <div class="sides">
        ${record(`${a}, before`, evidence.before.a)}${record(`${a}, after`, evidence.after.a)}
        ${record(`${b}, before`, evidence.before.b)}${record(`${b}, after`, evidence.after.b)}
      </div>
    </details>
    ${
      evidence.exchanges.length === 0
        ? null
        : html`<details>
            <summary>HTTP exchange, ${plural(evidence.exchanges.length, 'call')}</summary>
            <pre tabindex="0">${cut(exchangeText(evidence.exchanges), TEXT_LIMIT)}</pre>
          </details>`
    }`;
}

function differences(evidence: Evidence): Markup | null {
  if (evidence.differences.length === 0) return null;
  const rows = evidence.differences.map(
    (one) =>
      html`<tr>
        <th scope="row"><code>${one.path || 'record'}</code></th>
        <td><code>${showValue(one.expected, 400)}</code></td>
        <td><code>${showValue(one.found, 400)}</code></td>
      </tr>`,
  );
  return html`<div class="scroll" role="region" aria-label="Difference" tabindex="0">
    <table class="diff">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Expected</th>
          <th scope="col">Found</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function record(title: string, stored: Evidence['before']['a']): Markup {
  const text = stored === null ? 'no record' : JSON.stringify(stored, null, 2);
  return html`<figure>
    <figcaption>${title}</figcaption>
    <pre tabindex="0">${cut(text, TEXT_LIMIT)}</pre>
  </figure>`;
}
