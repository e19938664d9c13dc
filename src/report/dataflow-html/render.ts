import type { RunRecord } from '../../run/record.js';
import { gateWords, plural } from '../words.js';
import { actionList } from './action.js';
import { html, raw, type Markup } from './html.js';
import { countsTable, filterBar, gateTable, legend, matrix } from './overview.js';
import { placeDocument, type PlacedDocument } from './place.js';
import { diagnostic, documentSection, judgedSentence } from './sections.js';
import { STYLE } from './style.js';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A link to Allure's report, from this page alone: quotes of documents are escaped. */
const ALLURE_LINK = /<a href="allure\/index\.html[^"]*"\s*>[\s\S]*?<\/a\s*>/g;

/**
 * The living document: the dataflow document as one HTML file with a verdict on every sentence and row. `allure`: whether
 * Allure's report lies beside it, to be linked to.
 */
export function renderLivingDocument(run: RunRecord, { allure } = { allure: true }): string {
  const placed = placeDocument(run);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="syncproof ${run.tool.version}" />
        <title>${run.document.title} · syncproof</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#document">Skip to the document</a>
        ${header(run)}
        <main>
          <div class="overview">${matrix(run)}${actionList(run)}${legend()}</div>
          ${filterBar(run)}
          <article id="document" class="document" aria-label="The document">
            ${placed.sections.map((one) => documentSection(run, one))}
          </article>
          ${reverseDocument(run, placed)} ${elsewhere(run, placed)}
          <div class="overview">${gateTable(run)}</div>
        </main>
        ${footer(run)}
      </body>
    </html> `;
  return allure ? page.text : page.text.replace(ALLURE_LINK, '');
}

function header(run: RunRecord): Markup {
  const outcome = gateWords(run);
  return html`<header>
    <p class="kicker">Dataflow document with verdicts</p>
    <h1>${run.document.title}</h1>
    <p class="meta">
      <b class="${raw(run.gate.passed ? 'gate-passed' : 'gate-failed')}">${outcome}</b>
      <span>${run.startedAt.replace('T', ' ').slice(0, 16)} UTC</span> <span>target: ${run.target}</span>
      <span>seed ${run.seed}</span>
    </p>
    ${countsTable(run)}
    <nav aria-label="Other reports">
      <a href="allure/index.html">Allure report</a> <a href="checklist.md">Summary</a>
      <a href="traceability.csv">Traceability</a> <a href="junit.xml">JUnit</a>
      <a href="run.json">Run record</a>
    </nav>
  </header>`;
}

/** The reverse document; its places get names of their own, as both documents count their lines from 1. */
function reverseDocument(run: RunRecord, { reverse }: PlacedDocument): Markup | null {
  if (run.reverse === null || reverse.length === 0) return null;
  const body = html`${reverse.map((one) => documentSection(run, one))}`;
  return html`<section class="document" aria-labelledby="reverse">
    <h2 id="reverse">Reverse document: ${run.reverse.title}</h2>
    <p class="meta">${run.reverse.path}</p>
    ${renamePlaces(body, 'reverse-line-')}
  </section>`;
}

/** Texts put into markup hold no bare quote, so these attributes can only be our own. */
function renamePlaces(markup: Markup, prefix: string): Markup {
  return raw(markup.text.replace(/(\sid="|\shref="#)line-/g, `$1${prefix}`));
}

function elsewhere(run: RunRecord, { elsewhere }: PlacedDocument): Markup | null {
  if (elsewhere.sentences.length + elsewhere.diagnostics.length === 0) return null;
  return html`<section class="document" aria-labelledby="elsewhere">
    <h2 id="elsewhere">From other files</h2>
    <p class="meta">
      What the run judged or found outside the text
      above${run.reverse === null ? '' : `, such as in ${run.reverse.path}`}.
    </p>
    ${renamePlaces(html`${elsewhere.sentences.map((one) => judgedSentence(run, one))}`, 'other-line-')}
    ${elsewhere.diagnostics.map(diagnostic)}
  </section>`;
}

function footer(run: RunRecord): Markup {
  const facts: [string, string][] = [
    ['Document', `${run.document.path} (${run.document.generated ?? 'no date given'})`],
    ['SHA-256', run.document.sha256],
    ['Reverse document', run.reverse?.path ?? 'none'],
    ['Profile', run.profile?.path ?? 'none'],
    ['Duration', `${plural(run.checks.length, 'check')} in ${(run.durationMs / 1000).toFixed(1)} s`],
    ['Made by', `syncproof ${run.tool.version} from run.json`],
  ];
  return html`<footer>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </footer>`;
}
