/** `+46 70-123 45 67`, `0046701234567`, `070-123 45 67`, `(020) 7946 0018`: a prefix, or a first 0 and gaps. */
const PHONE =
  /(?<![\p{L}\p{N}.:_-])(?:\+|00)\d[\d ()./-]{6,20}\d(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.:_+-])(?:\(0\d{1,4}\)|0\d{1,4})[ ./-]\d[\d ./-]{4,16}\d(?![\p{L}\p{N}])/gu;
const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;
const SAME = 7;

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

/** Whether the last digits are those of a number that is nobody's. */
export function isOwnPhone(text: string, ownDigits: ReadonlySet<string>): boolean {
  const digits = digitsOf(text);
  return digits !== '' && ownDigits.has(digits.slice(-SAME));
}

/** Phone numbers masked, but for those whose last seven digits are in `ownDigits`. */
export function replacePhones(text: string, ownDigits: ReadonlySet<string>): string {
  return text.replaceAll(PHONE, (found) => {
    const { length } = digitsOf(found);
    const isPhone = length >= 8 && length <= 15 && !DATE.test(found);
    return isPhone && !isOwnPhone(found, ownDigits) ? '[phone]' : found;
  });
}
