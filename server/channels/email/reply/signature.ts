import { type Line, longestJudged } from './line.ts';
import { isMailAd } from './mailAd.ts';

/**
 * Marks the signature at the end of a run of the writer's own lines: below `-- `, what the markup calls one, the line a
 * mail program adds (`Sent from my iPhone`), a name after a dash, contact lines below a closing, a list's footer, a notice
 * of confidentiality. A closing and a name (`Thanks, Ann`) are the writer's words and stay.
 *
 * @param from first line of the run
 * @param to one past its last
 */
export function markSignature(lines: Line[], from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const line = lines[i];
    if (line?.hint === 'signature') line.part = 'signature';
  }
  let end = to;
  for (let start = cutOnce(lines, from, end); start < end; start = cutOnce(lines, from, end)) {
    for (let i = start; i < end; i++) {
      const line = lines[i];
      if (line) line.part = 'signature';
    }
    end = start;
  }
}

/** Where the outermost signature of `from..to` begins; `to` when there is none. */
function cutOnce(lines: Line[], from: number, to: number): number {
  let end = to;
  while (end > from && isGone(lines[end - 1])) end--;
  if (end <= from) return to;
  const text = (i: number) => lines[i]?.text.trim() ?? '';
  for (let i = from; i < end; i++) {
    if (isDelimiter(lines[i], end - i, text(i + 1) === '')) return i;
  }
  // A rule that stands above nothing any more went with what was below it.
  if (end - 1 > from && (end < to || to < lines.length) && /^[*_=~\u2010-\u2015-]{3,}$/.test(text(end - 1)))
    return end - 1;
  let paragraph = end - 1;
  while (paragraph > from && !isGone(lines[paragraph - 1])) paragraph--;
  if (isMailAd(text(end - 1)) && (paragraph < end - 1 || end - 1 > from || from === 0)) return end - 1;
  const whole = lines.slice(paragraph, end).map((line) => line.text.trim());
  if (whole.length <= 2 && isMailAd(whole.join(' '))) return paragraph;
  if (paragraph > from && whole.length === 1 && dashName.test((whole[0] ?? '').slice(0, longestJudged)))
    return paragraph;
  if (paragraph > from && notice.test(whole.join(' ').slice(0, longestJudged))) return paragraph;
  return contactBlock(lines, from, end) ?? to;
}

function isGone(line: Line | undefined): boolean {
  return !line || line.text.trim() === '' || line.part === 'signature';
}

/** `-- ` is one anywhere (RFC 3676, 4.3); other rules only close to the end, for people part their paragraphs by them. */
function isDelimiter(line: Line | undefined, remaining: number, blankBelow: boolean): boolean {
  const text = line?.text ?? '';
  if (line?.raw === '-- ') return true;
  if (/^--\s?$/.test(text)) return remaining < (blankBelow ? 8 : 25);
  if (/^\s*(—|–|--)\s*$/.test(text)) return remaining < 16;
  return /^_{5,}\s*$/.test(text) && remaining < 12;
}

/** Lines with a telephone, an address or a link, two at least, below `Best regards` and a name. */
function contactBlock(lines: Line[], from: number, end: number): number | null {
  for (let i = Math.max(from, end - 14); i < end; i++) {
    if (!closing.test(lines[i]?.text.slice(0, longestJudged).trim() ?? '')) continue;
    let name = i + 1;
    while (name < end && lines[name]?.text.trim() === '') name++;
    const first = name + 1;
    const below = lines.slice(first, end).filter((line) => line.text.trim() !== '');
    if (below.some((line) => line.text.length >= 90)) continue;
    if (below.filter((line) => contact.test(line.text)).length >= 2) return first;
  }
  return null;
}

const dashName = /^[-–—]{1,2}\s?\p{Lu}[\p{L}.'’-]*(\s\p{Lu}[\p{L}.'’-]*){0,3}$/u;
const closing =
  /^((best|kind|warm|many)? ?(regards|wishes|thanks)|sincerely|cheers|thank you|yours|(mit )?(freundlichen|freundliche|besten|beste|viele|liebe|herzliche) gr(ü|ue)(ß|ss)en?|vg|lg|mfg|cordialement|bien (à vous|cordialement)|salutations|saludos|un saludo|atentamente|cordiali saluti|distinti saluti|saluti|atenciosamente|cumprimentos|abraços|met vriendelijke groet(en)?|groet(en)?|mvh|med vänlig(a)? hälsning(ar)?|vänliga hälsningar|venlig hilsen|med venlig hilsen|(med )?vennlig hilsen|hilsen|ystävällisin terveisin|terveisin|pozdrawiam|z poważaniem|s pozdravem|cu stimă|с уважением|з повагою|saygılarımla|با احترام|با تشکر|مع التحية|敬具|よろしくお願いいたします|此致|敬上|谢谢|謝謝|감사합니다)[\s,.!،，。]*$/iu;
const contact =
  /(\+?\d[\d\s()./-]{6,}\d)|[\w.+-]+@[\w-]+\.\w|(https?:\/\/|www\.)\S|^\s*(tel|phone|mobile|mob|cell|fax|t|m|p|e|w|email|web|telefon|handy|móvil|tél|тел|телефон|电话|電話|전화|تلفن|هاتف)\s*[.:：]/iu;
const notice =
  /^\W*(confidential|disclaimer|this (e-?mail|message|communication)\b.{0,120}(confidential|intended|privileged|virus)|the information (contained )?in this (e-?mail|message)|diese (e-?mail|nachricht).{0,120}(vertraulich|bestimmt)|(ce|cet) (message|courriel|e-?mail).{0,120}(confidentiel|destin)|este (mensaje|correo|mensagem|e-?mail).{0,120}(confidencial|destinat|dirig)|questo messaggio.{0,120}(confidenzial|riservat)|dit (bericht|e-?mail).{0,120}(vertrouwelijk|bestemd)|данное сообщение.{0,120}конфиденциал|this email has been (checked|scanned)|virus-?free|virenfrei|avast|please consider the environment|think before you print)/iu;
