import type { Diagnostic } from '../../document/model.js';
import type { RunRecord } from '../../run/record.js';
import { countVerdicts, plural, totalOf } from '../words.js';
import { badge, filterClasses, tally } from './badge.js';
import { checkList } from './checks.js';
import { html, raw, type Markup } from './html.js';
import { fold, type PlacedBlock, type PlacedSentence, type Section } from './place.js';
import { documentTable } from './table.js';

/** One section of the document as its author wrote it, with verdicts. */
export function documentSection(run: RunRecord, section: Section): Markup {
  const body = section.blocks.map((placed) => documentBlock(run, placed, section));
  if (section.heading === null) return html`<section class="intro">${body}</section>`;
  const classes = section.pair === null ? raw('intro') : filterClasses(countVerdicts(section.checks));
  return html`<section class="pair ${classes}">${body}</section>`;
}

function documentBlock(run: RunRecord, placed: PlacedBlock, section: Section): Markup {
  const notes = placed.diagnostics.map(diagnostic);
  return html`${blockBody(run, placed, section)}${notes}`;
}

function blockBody(run: RunRecord, placed: PlacedBlock, section: Section): Markup {
  const { block } = placed;
  if (block.kind === 'table') return documentTable(run, block, placed, section);
  if (block.kind === 'title') return html`<p class="title" id="line-${block.line}">${block.text}</p>`;
  if (block.kind === 'verbatim') return html`<pre id="line-${block.line}" tabindex="0">${block.text}</pre>`;
  if (block.kind === 'heading') {
    const owner = section.pair?.owner ?? null;
    return html`<h2 id="line-${block.line}">${block.text}</h2>
      ${
        section.pair === null
          ? null
          : html`<p class="meta">
              ${tally(countVerdicts(section.checks))}${owner === null ? null : html` <span>owner ${owner}</span>`}
            </p>`
      }`;
  }
  if (placed.sentences.length === 0) return html`<p class="plain">${block.text}</p>`;
  return paragraph(run, fold(block.text), placed.sentences);
}

/** Cuts a paragraph at its sentences, so that text around them stays where it was. */
function paragraph(run: RunRecord, text: string, sentences: PlacedSentence[]): Markup {
  const parts: Markup[] = [];
  let rest = text;
  for (const placed of sentences) {
    const words = fold(placed.sentence.sentence);
    const at = rest.indexOf(words);
    const before = at > 0 ? rest.slice(0, at).trim() : '';
    if (before !== '') parts.push(html`<p class="plain">${before}</p>`);
    parts.push(judgedSentence(run, placed));
    if (at >= 0) rest = rest.slice(at + words.length);
  }
  if (rest.trim() !== '') parts.push(html`<p class="plain">${rest.trim()}</p>`);
  return html`${parts}`;
}

/** A sentence with its verdict and the checks behind it. */
export function judgedSentence(run: RunRecord, { sentence, checks }: PlacedSentence): Markup {
  const counts = countVerdicts(checks);
  const open = totalOf(counts) > counts.verified ? raw(' open') : null;
  return html`<section
    class="sentence ${raw(sentence.verdict)} ${filterClasses(counts, sentence.verdict)}"
    id="line-${sentence.line}"
  >
    <p class="text">${sentence.sentence}</p>
    <p class="verdict">
      ${badge(sentence.verdict)} <a class="line" href="#line-${sentence.line}">line ${sentence.line}</a>
    </p>
    ${sentence.reason === null ? null : html`<p class="reason">${sentence.reason}</p>`}
    ${checks.length === 0 ? null : html`<details${open}><summary>${plural(checks.length, 'check')} ${tally(counts)}</summary>${checkList(run, checks)}</details>`}
  </section>`;
}

/** A finding in an input file, where it was found. */
export function diagnostic(one: Diagnostic): Markup {
  const place = one.path === undefined ? `line ${one.line}` : `${one.path}, line ${one.line}`;
  return html`<aside class="diagnostic ${raw(one.severity)}">
    <p><b>${one.severity}</b> <code>${one.code}</code> <span class="line">${place}</span></p>
    <p>${one.message}${one.words === undefined ? null : html` <q>${one.words}</q>`}</p>
    <p class="remedy"><b>What to do</b> ${one.remedy}</p>
  </aside>`;
}
