/** One element; `text` is its own character data. */
export type Xml = { name: string; attributes: Record<string, string>; children: Xml[]; text: string };

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN =
  /<\?[^]*?\?>|<!--[^]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/** Reads well-formed XML without namespaces, and throws on anything that is not. */
export function readXml(text: string): Xml {
  // oxlint-disable-next-line no-control-regex
  const illegal = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.exec(text) ?? loneSurrogate(text);
  if (illegal !== null) throw new Error(`character that XML does not allow at ${illegal.index}`);
  const root: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    const [, closes, opens, attributes, isEmpty, data] = match;
    const here = open.at(-1) ?? root;
    if (data !== undefined) here.text += decode(data);
    else if (closes !== undefined) {
      if (open.pop()?.name !== closes) throw new Error(`</${closes}> closes nothing`);
    } else if (opens !== undefined) {
      const element: Xml = {
        name: opens,
        attributes: readAttributes(attributes ?? ''),
        children: [],
        text: '',
      };
      here.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || only === undefined)
    throw new Error('no single root');
  return only;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), (match) => [match[1] ?? '', decode(match[2] ?? '')]),
  );
}

function decode(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) throw new Error(`bare ampersand in ${text.slice(0, 40)}`);
  return text.replace(ENTITY, (_, name: string | undefined, code: string | undefined) =>
    name === undefined ? String.fromCodePoint(Number(code)) : (NAMED[name] ?? ''),
  );
}

const loneSurrogate = (text: string) =>
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
