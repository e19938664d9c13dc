import type { Line } from './lines.js';

/** The parts of a directive below its first line; `argument` is what wraps of the words on that line. */
export type DirectiveBody = { argument: Line[]; options: Map<string, string>; content: Line[] };

/** Parts argument, options (`:name: value`, which may wrap) and content, as reStructuredText does. */
export function readBody(body: Line[]): DirectiveBody {
  const options = new Map<string, string>();
  const argument: Line[] = [];
  let at = 0;
  let open: Option | null = null;
  for (let line = body[at]; line !== undefined && line.text !== ''; line = body[at]) {
    const text = line.text.trim();
    open = readOption(text) ?? (open && { name: open.name, value: `${open.value} ${text}` });
    if (open !== null) options.set(open.name, open.value);
    else if (isContent(text)) break;
    else argument.push(line);
    at += 1;
  }
  return {
    argument,
    options,
    content: body.slice(at).filter((line, index) => index > 0 || line.text !== ''),
  };
}

/** A list or a border directly below the directive is its content, though the blank line is missing. */
const isContent = (text: string) => /^(?:[*+-](?:\s|$)|\+[-=]|==)/.test(text);

type Option = { name: string; value: string };

/** `:name: value`, or null. */
function readOption(text: string): Option | null {
  const name = /^:([\w-]+):(?:\s|$)/.exec(text)?.[1];
  return name === undefined ? null : { name, value: text.slice(name.length + 2).trim() };
}
