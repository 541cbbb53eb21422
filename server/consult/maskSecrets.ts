/** Hides payment card numbers (Luhn-valid, 13-19 digits) and one-time codes, before a text is kept, searched or sent to a model. */
export function maskSecrets(text: string): string {
  return text
    .replace(/(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)/g, (number) =>
      isCard(number.replace(/\D/g, '')) ? number.replace(/\d(?=(?:\D*\d){4})/g, '•') : number,
    )
    .replace(
      /\b((?:code|код|cod|kod|pin|cvv|cvc|otp|tan|código|کد|코드)\D{0,12})(\d{3,8})\b/giu,
      (_, word: string, code: string) => word + '•'.repeat(code.length),
    );
}

/** The check digit of ISO/IEC 7812-1. */
function isCard(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
