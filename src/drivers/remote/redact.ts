import type { EntityContract, Json, JsonObject } from '../../contract/field.js';
import { personalKind, personalTexts } from './personal.js';
import { isOwnPhone, replacePhones } from './phones.js';

const HIDDEN = '[secret]';
const SHORTEST = 4;
const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
const fold = (text: string) => text.trim().toLowerCase();

/**
 * Takes secrets and the personal data of others out of what is shown: e-mail addresses without the run's tag, phone
 * numbers, and names, phones and streets of records that are not of the run. A secret is found as it is,
 * percent-encoded, in base64 and as JSON writes it. What the run itself made up is nobody's and stays.
 */
export class Redactor {
  private forms: string[] = [];
  private readonly ownTexts = new Set<string>();
  private readonly ownDigits = new Set<string>();
  /** Texts of others by their first word, the longest first. */
  private readonly names = new Map<string, string[]>();

  constructor(
    secrets: readonly string[],
    private readonly runTag: string,
  ) {
    for (const secret of secrets) this.add(secret);
  }

  /** A secret that came up during the run, such as a token. */
  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    const written = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      JSON.stringify(secret).slice(1, -1),
    ];
    this.forms = [...new Set([...this.forms, ...written])].toSorted((one, two) => two.length - one.length);
  }

  /** Values that the run made up. */
  addOwn(value: Json): void {
    if (typeof value === 'string') {
      this.ownTexts.add(fold(value));
      const digits = value.replaceAll(/\D/g, '');
      if (digits !== '') this.ownDigits.add(digits.slice(-7));
    } else if (value !== null && typeof value === 'object')
      Object.values(value).forEach((one) => this.addOwn(one));
  }

  /** A record that is not of the run: who it is about is shown nowhere from now on. */
  addOthers(record: JsonObject, entity?: EntityContract): void {
    for (const text of personalTexts(record, entity)) {
      const first = fold(text.match(WORD)?.[0] ?? '');
      const held = this.names.get(first);
      if (first === '' || held?.includes(text) === true) continue;
      if (held === undefined) this.names.set(first, [text]);
      else
        this.names.set(
          first,
          [...held, text].toSorted((one, other) => other.length - one.length),
        );
    }
  }

  /** A text, which may be JSON, as it may be shown. */
  text(text: string): string {
    const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
    return json === undefined ? this.plain(text) : JSON.stringify(this.json(json));
  }

  /** JSON of the run's own records: whatever its properties are called, its texts are judged as texts. */
  ownJson(value: Json): Json {
    return this.shown(value, true);
  }

  json(value: Json): Json {
    return this.shown(value, this.bearsTag(value));
  }

  private shown(value: Json, isOwn: boolean): Json {
    if (typeof value === 'string') return this.plain(value);
    if (Array.isArray(value)) return value.map((item) => this.shown(item, isOwn || this.bearsTag(item)));
    if (value === null || typeof value !== 'object') return value;
    const names = Object.keys(value);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const kind = isOwn ? null : personalKind(name, names);
        if (kind !== null && typeof item === 'string' && !this.isOwn(item)) return [name, `[${kind}]`];
        return [name, this.shown(item, isOwn || this.bearsTag(item))];
      }),
    );
  }

  private plain(text: string): string {
    let shown = text;
    for (const form of this.forms) shown = shown.replaceAll(form, HIDDEN);
    if (shown.includes('@'))
      shown = shown.replaceAll(E_MAIL, (address) =>
        address.toLowerCase().includes(this.runTag) ? address : '[e-mail]',
      );
    return this.withoutNames(replacePhones(shown, this.ownDigits));
  }

  private withoutNames(text: string): string {
    if (this.names.size === 0) return text;
    let shown = '';
    let from = 0;
    for (const word of text.matchAll(WORD)) {
      if (word.index < from) continue;
      const found = this.names
        .get(fold(word[0]))
        ?.map((name) => ({ name, start: word.index - firstWordOf(name) }))
        .find(({ name, start }) => start >= from && isAt(text, name, start));
      if (found === undefined || this.isOwn(found.name)) continue;
      shown += `${text.slice(from, found.start)}[name]`;
      from = found.start + found.name.length;
    }
    return shown + text.slice(from);
  }

  private isOwn(text: string): boolean {
    const folded = fold(text);
    return folded.includes(this.runTag) || this.ownTexts.has(folded) || isOwnPhone(text, this.ownDigits);
  }

  /** Whether a record bears the run's tag; members of a list are records of their own. */
  private bearsTag(value: Json): boolean {
    if (typeof value === 'string') return value.toLowerCase().includes(this.runTag);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
    return Object.values(value).some((one) => this.bearsTag(one));
  }
}

const firstWordOf = (name: string) => name.search(/[\p{L}\p{N}]/u);

function isAt(text: string, name: string, start: number): boolean {
  const next = text[start + name.length] ?? ' ';
  return text.startsWith(name, start) && !/[\p{L}\p{N}]/u.test(next);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
