const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const NOT_SHOWABLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Markup that is safe to put on the page as it is; only `html` and `raw` make it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | null | readonly Part[];

/** Builds markup; every text put in is escaped, null is nothing, lists are joined. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = pieces[0] ?? '';
  parts.forEach((part, at) => {
    text += render(part) + (pieces[at + 1] ?? '');
  });
  return new Markup(text);
}

/** Takes a text of our own as markup. Never for anything read from a run record. */
export function raw(text: string): Markup {
  return new Markup(text);
}

function render(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(render).join('');
}

/** Text for element content and quoted attributes; what cannot or must not be shown becomes U+FFFD. */
export function escapeHtml(text: string): string {
  return text.replace(NOT_SHOWABLE, '\uFFFD').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
