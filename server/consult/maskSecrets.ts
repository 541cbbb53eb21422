/**
 * Hides payment card numbers and one-time codes, before a text is kept, searched, shown or sent to a model. The original of
 * a message stays with its raw bytes.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(/(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)/g, (number) =>
      isCard(number.replace(/\D/g, '')) ? number.replace(/\d(?=(?:\D*\d){4})/g, '•') : number,
    )
    .replace(CODE, (all, word: string, code: string, at: number, whole: string) => {
      const before = WORD_BEFORE.exec(whole.slice(Math.max(0, at - 40), at))?.[0] ?? '';
      return OTHER_CODE.test(before) ? all : word + '•'.repeat(code.length);
    });
}

/** The same between the tags of HTML: addresses of links keep their numbers. */
export function maskHtml(html: string): string {
  return html.replace(/(^|>)([^<]+)/g, (_, edge: string, text: string) => edge + maskSecrets(text));
}

/** A code: "code is 482913". The word before it is looked up, not matched: a long word would be tried from each letter. */
const CODE =
  /((?<!\p{L})(?:code|код|cod|codul|kod|koden|pin|cvv|cvc|otp|tan|código|کد|رمز|코드|인증번호)(?!\p{L})[^\d\n]{0,12})(?<![\d.,])(\d{3,8})(?![\d.,]*\d)/giu;
const WORD_BEFORE = /[\p{L}-]+\s+$/u;
/** Codes that everybody may know. */
const OTHER_CODE =
  /^(?:post(?:al|leit)?|zip|error|promo|discount|product|item|article|area|country|dial|model|sort|qr|bar|error-?|почтовый|промо|poștal|postnummer|پستی|پستي|우편)\S*\s+$/iu;

/** By length and first digits (ISO/IEC 7812-1) and the check digit; an IMEI has 15 digits too, and is none. */
function isCard(digits: string): boolean {
  const issued =
    digits.length === 15
      ? /^3[47]/.test(digits)
      : digits.length === 14
        ? /^3[068]/.test(digits)
        : digits.length === 13
          ? false
          : /^[2-6]/.test(digits);
  if (!issued) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
