import type { RunRecord } from '../../run/record.js';
import { groupBy } from '../group.js';
import { countVerdicts, REPORT_ORDER, VERDICT_WORDS, type Counts } from '../words.js';
import type { Paint } from './paint.js';
import { clean, fit, pad, widthOf } from './text.js';

/** Pairs, their sentences, and the counts behind each; no line per check. */
export function resultTree(run: RunRecord, paint: Paint, width: number): string[] {
  const bySlug = groupBy(run.sentences, (sentence) => sentence.pair);
  const byId = new Map(run.checks.map((check) => [check.id, check]));
  const titles = new Map(run.pairs.map((pair) => [pair.slug, `${pair.source} ↔ ${pair.target}`]));
  return [...new Set([...titles.keys(), ...bySlug.keys()])].flatMap((slug) => {
    const title = fit(clean(titles.get(slug) ?? slug), width);
    const sentences = bySlug.get(slug) ?? [];
    const lines = sentences.map((sentence, at) => {
      const branch = at === sentences.length - 1 ? '└─' : '├─';
      const counts = countVerdicts(sentence.checks.flatMap((id) => byId.get(id) ?? []));
      const start = `${branch} ${VERDICT_WORDS[sentence.verdict].mark} ${pad(String(sentence.line), 4, 'left')}  `;
      const plain = shortCounts(counts);
      const room = width - widthOf(start) - widthOf(plain) - 2;
      const text = pad(fit(clean(sentence.sentence), room), room);
      const painted = start.replace(VERDICT_WORDS[sentence.verdict].mark, () => paint.mark(sentence.verdict));
      return `${painted}${text}  ${paintedCounts(counts, paint)}`;
    });
    return [paint.bold(title), ...lines, ''];
  });
}

const occurring = (counts: Counts) => REPORT_ORDER.filter((verdict) => counts[verdict] > 0);

function shortCounts(counts: Counts): string {
  return (
    occurring(counts)
      .map((verdict) => `${counts[verdict]}${VERDICT_WORDS[verdict].mark}`)
      .join(' ') || 'none'
  );
}

function paintedCounts(counts: Counts, paint: Paint): string {
  const parts = occurring(counts).map((verdict) =>
    paint.verdict(verdict, `${counts[verdict]}${VERDICT_WORDS[verdict].mark}`),
  );
  return parts.join(' ') || paint.dim('none');
}
