import type { Json } from '../../contract/field.js';

const HIDDEN = '[secret]';
const SHORTEST = 4;
const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/**
 * Takes secrets, and e-mail addresses that do not bear the run's tag, out of what is shown. A secret is found as it
 * is, percent-encoded, in base64 and as JSON writes it.
 */
export class Redactor {
  private readonly forms = new Set<string>();

  constructor(
    secrets: readonly string[],
    private readonly runTag: string,
  ) {
    for (const secret of secrets) this.add(secret);
  }

  /** A secret that came up during the run, such as a token. */
  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    this.forms.add(secret);
    this.forms.add(encodeURIComponent(secret));
    this.forms.add(Buffer.from(secret).toString('base64'));
    this.forms.add(JSON.stringify(secret).slice(1, -1));
  }

  text(text: string): string {
    let shown = text;
    for (const form of [...this.forms].toSorted((one, other) => other.length - one.length))
      shown = shown.replaceAll(form, HIDDEN);
    return shown.replaceAll(E_MAIL, (address) =>
      address.toLowerCase().includes(this.runTag) ? address : '[e-mail]',
    );
  }

  json(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.json(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.json(item)]));
  }
}
