import type { Verdict } from '../../run/record.js';
import { REPORT_ORDER, VERDICT_WORDS, type Counts } from '../words.js';
import { html, raw, type Markup } from './html.js';

/** A verdict as mark and word, so that it never depends on colour alone. */
export function badge(verdict: Verdict | null): Markup {
  if (verdict === null) return html`<span class="badge none">no check</span>`;
  const { label, mark } = VERDICT_WORDS[verdict];
  return html`<span class="badge ${raw(verdict)}"><span aria-hidden="true">${mark}</span> ${label}</span>`;
}

/** Counts with their marks, those that occur only. */
export function tally(counts: Counts): Markup {
  const parts = REPORT_ORDER.filter((verdict) => counts[verdict] > 0).map(
    (verdict) =>
      html`<span class="tally ${raw(verdict)}"
        ><b>${counts[verdict]}</b> ${VERDICT_WORDS[verdict].label}</span
      >`,
  );
  return parts.length > 0 ? html`${parts}` : html`<span class="tally none">no checks</span>`;
}

/** Classes by which the filter finds an item: one for each verdict that occurs in it. */
export function filterClasses(counts: Counts, own: Verdict | null = null): Markup {
  const occurring = REPORT_ORDER.filter((verdict) => counts[verdict] > 0 || verdict === own);
  return raw(['item', ...occurring.map((verdict) => `has-${verdict}`)].join(' '));
}
