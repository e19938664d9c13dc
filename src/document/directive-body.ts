import type { Line } from './lines.js';

/** The parts of a directive below its first line; `argument` is what wraps of the words on that line. */
export type DirectiveBody = { argument: Line[]; options: Map<string, string>; content: Line[] };

/** Parts argument, options (`:name: value`, which may wrap) and content, as reStructuredText does. */
export function readBody(body: Line[]): DirectiveBody {
  const options = new Map<string, string>();
  const argument: Line[] = [];
  let at = 0;
  let open: string | null = null;
  for (; at < body.length; at++) {
    const line = body[at];
    if (line === undefined || line.text === '') break;
    const text = line.text.trim();
    const option = readOption(text);
    if (option !== null) {
      options.set(option.name, option.value);
      open = option.name;
    } else if (open !== null) options.set(open, `${options.get(open) ?? ''} ${text}`);
    else if (isContent(text)) break;
    else argument.push(line);
  }
  return {
    argument,
    options,
    content: body.slice(at).filter((line, index) => index > 0 || line.text !== ''),
  };
}

/** A list or a border directly below the directive is its content, though the blank line is missing. */
const isContent = (text: string) => /^(?:[*+-](?:\s|$)|\+[-=]|==)/.test(text);

/** `:name: value`, or null. */
function readOption(text: string): { name: string; value: string } | null {
  const name = /^:([\w-]+):(?:\s|$)/.exec(text)?.[1];
  return name === undefined ? null : { name, value: text.slice(name.length + 2).trim() };
}
