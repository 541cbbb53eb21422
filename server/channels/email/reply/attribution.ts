import { type Line, longestJudged, nextText } from './line.ts';
import { wroteWords } from './words.ts';

/** Lines from `start` up to and without `end` say who is quoted below. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Finds the attribution that ends in line `at` (`On …, Ann wrote:`, `02.04.2012, 14:20, "Ann" <a@b>:`), which mail
 * programs break over up to five lines.
 *
 * It needs a colon (or a verb of writing) at its end, and two of: a date or time, an address, a verb of writing. What
 * follows decides the doubtful ones: a quotation below makes a bare `Ann wrote:` an attribution.
 */
export function attributionEndingAt(lines: Line[], at: number): Span | null {
  const last = lines[at];
  if (!last || last.text.length > longestJudged || last.text.trim() === '' || !mayEnd(unruled(last.text))) return null;
  const below = lines[nextText(lines, at + 1)];
  const quoteBelow = below !== undefined && below.depth > last.depth;
  let doubtful: Span | null = null;
  let joined = '';
  for (let start = at; start >= 0 && start > at - 5; start--) {
    const line = lines[start];
    if (!line || line.text.length > longestJudged || line.text.trim() === '' || line.depth !== last.depth) break;
    joined = `${unruled(line.text)} ${joined}`.trim();
    if (joined.length > 400) break;
    const found = { start: growUp(lines, start, last.depth), end: at + 1 };
    if (namedDay.test(joined)) return found;
    if (isSure(joined, quoteBelow)) return found;
    if (quoteBelow && isLikely(joined)) doubtful ??= found;
  }
  return doubtful;
}

function mayEnd(text: string): boolean {
  const end = text.trim();
  return /[:：]\s*\*?$/.test(end) || endsInVerb.test(end) || /(>|\)|\]|）)\s*[,،]?$/.test(end);
}

/** It says when, and who wrote. */
function isSure(text: string, quoteBelow: boolean): boolean {
  if (!opens.test(text) || !(quoteBelow || hasYear.test(text))) return false;
  if (!quoteBelow && !hasAddress.test(text) && isTold.test(text)) return false;
  const when = hasDate.test(text) || hasTime.test(text);
  const colon = /[:：]\s*\*?$/.test(text);
  if (when && hasVerb.test(text)) return colon || quoteBelow || endsInVerb.test(text);
  return when && hasAddress.test(text) && (colon || quoteBelow);
}

/** It says less than that, and a quotation follows. */
function isLikely(text: string): boolean {
  if (text.length > 160) return false;
  const colon = /[:：]\s*\*?$/.test(text);
  if (hasVerb.test(text)) return colon || hasAddress.test(text) || endsInVerb.test(text);
  return colon && (hasDate.test(text) || hasTime.test(text) || hasAddress.test(text)) && opens.test(text);
}

/** Lotus, Zoho and Yahoo draw a rule around the words: `-----Ann Lee <ann@example.com> wrote: -----`. */
function unruled(text: string): string {
  const trimmed = text.trim();
  return /^[-=]{3,}|\p{L}\s[-=]{3,}$/u.test(trimmed) ? trimmed.replace(/^[-=]{3,}\s?|\s?[-=]{3,}$/g, '') : trimmed;
}

/**
 * The lines above that an attribution broken over several began with: `On Mon,` or `Il giorno 02/apr/2013, alle`, or
 * `Ann Lee <ann@example.com>`. Nothing is added to one that already begins as they do.
 */
function growUp(lines: Line[], start: number, depth: number): number {
  let first = start;
  for (let i = start - 1; i >= 0 && i >= start - 3; i--) {
    const above = lines[i];
    const text = above?.text.trim() ?? '';
    if (!above || above.depth !== depth || text === '' || text.length > longestJudged) break;
    if (opening.test(text)) first = i;
    else if (begins.test(lines[first]?.text.trim() ?? '')) break;
    else if (begins.test(text) && isBroken(text)) first = i;
    else if (!isBroken(text) || text.length > 45 || !begins.test(lines[i - 1]?.text.trim() ?? '')) break;
  }
  return first;
}

/** A line that goes on below: no sentence ends in it, and it names a day or an hour, or is short. */
function isBroken(text: string): boolean {
  if (/[.!?…。！？:：]$/.test(text) && !/(\d|\b\p{L}{1,5})\.$/u.test(text)) return false;
  return text.length <= 40 || hasDate.test(text) || hasTime.test(text) || hasAddress.test(text);
}

const opening =
  /^((On|Am|Le|El|Il|Op|Den|Em|W dniu|Dne)\s(?=[^,\d]*[,\d]|\p{L}{2,4}\.?$)[\p{L}\d,. ]{0,30}|[^.!?<]{0,60}<[^<>\s]+@[^<>\s]+>[\s,，]*\S{0,3})$/u;
/** Words that an attribution begins with and a sentence hardly does: a preposition and a day, a weekday and a number. */
const begins =
  /^(([Oo]n|Am|Le|El|Il|Op|Em|Den|No dia|Il giorno|W dniu|Dnia|Dne|Dňa|În data de|În|Pe|La|Vào|Pada|Pada tanggal|Στις|На|在|于|於|في|بتاريخ|در|در تاریخ|‫?בתאריך)[\s,،]+([\p{L}-]{1,15}[.,،]{0,2}\s){0,3}.{0,12}[0-9\u0660-\u0669\u06f0-\u06f9]|\p{L}{2,12}[.,،]{1,2}\s{1,2}[0-9\u0660-\u0669\u06f0-\u06f9]{1,2}\.?\s|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{1,2}\.?\s(de\s)?\p{L}{2,10}\.?\s(de\s)?[0-9]{4}|[0-9]{4}\s?年|[0-9]{4}\s?년|Wiadomość napisana przez|[^<>.!?]{1,60}<[^<>\s]+@[^<>\s]+>\s?[于於])/u;
/** `2013/4/2 Ann Lee <ann@example.com>`, as Gmail once wrote it: a day, a name and an address, and nothing else. */
const namedDay =
  /^[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}(\s[0-9]{1,2}:[0-9]{2}(\sGMT\S*)?)?\s[^<>@:]{1,60}\s<[^<>\s]+@[^<>\s]+>:?$/;
const digits = '[0-9\\u0660-\\u0669\\u06f0-\\u06f9]';
const month =
  'jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|maj|mei|mrt|fév|fev|avr|août|aout|juin|juil|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|úno|bře|dub|kvě|čer|srp|zář|říj|pro|ian|iun|iul|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|جولای|اوت|آگوست|سپتامبر|اکتبر|نوامبر|دسامبر|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|يناير|فبراير|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|כтоб|ינו|פבר|מרץ|אפר|מאי|יונ|יול|אוג|ספט|אוק|נוב|דצמ|ιαν|φεβ|μαρ|απρ|μαΐ|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ|tháng|thg|ápr|agt|des|máj|jún|júl|szept|már';
const hasDate = new RegExp(
  `${digits}{1,4}\\s?[./\\-–年년]\\s?(${digits}{1,2}|${month})[^\\d\\s]*\\s?([./\\-–月월]\\s?${digits}{1,4})?|${digits}{1,2}\\.?\\s+(de\\s+|di\\s+)?(${month})|(${month})[\\p{L}.]*\\s+${digits}{1,2}|${digits}{1,2}\\s?(月|월)\\s?${digits}{1,2}`,
  'iu',
);
const hasYear = new RegExp(`${digits}{4}|${digits}{1,2}\\s?[./-]\\s?${digits}{1,2}\\s?[./-]\\s?${digits}{2}`, 'u');
const hasTime = new RegExp(`${digits}{1,2}\\s?[:.h時时시点]\\s?${digits}{2}`, 'u');
const hasVerb = new RegExp(
  `(^|[\\s>)\\]"'”»,;،0-9])(${wroteWords})(?=$|[\\s:：,.)])|(写道|寫道|写到|寫到|님이 작성|のメール|のメッセージ|書きました)`,
  'iu',
);
const endsInVerb = new RegExp(
  `(^|[\\s>)\\]"'”»,;،])(${wroteWords})\\s*[:：]?\\s*\\*?$|(写道|寫道|님이 작성|書きました|のメール)\\s*[:：]?$`,
  'iu',
);

/** `on 3 May I wrote`, `your colleague wrote`: a person tells it, no program. */
const isTold =
  /(^|[\s,'’])(I|ich|wir|Ihnen|Ihr|Ihre[mnrs]?|dir|je|nous|vous|votre|vos|yo|nosotros|su|usted|io|noi|voi|vostr[oaei]|eu|nós|seu|sua|vocês?|ik|wij|we|uw|u|jag|jeg|vi|er|din|min|minä|teidän|ja|Państwu|Państwa|já|vám|Vám|vaš[ei]|am|v-am|я|мы|вы|вам|ваш\p{L}*|ми|ben|biz|sizin|size|من|ما|شما|أنا|نحن|my|your|our|you|me|us|colleague|Kolleg\p{L}*|collègue|compañer\p{L}*|colleg[ah]\p{L}*|коллег\p{L}*)(?=[\s,.:]|$)|^(on|at|am|le|el|il|op|em|den|pe|la)\s|(我|您|你|私|저는|제가|나는|귀사)/u;

/** How attributions begin: a preposition of time, a weekday, a date, a name, an address. */
const opens = new RegExp(
  `^[\\s*_"'“«„(<\\-]*((On|At|In|Am|Um|Le|El|Il|Al|Em|Op|Den|Den|På|D\\.|Il giorno|No dia|Dia|W dniu|Dnia|Dne|V|În|In data|Pe|La|A|À|Date:|ke|pe|to|ma|ti|su|la|Στις|Στις|На|В|Вт|У|Пн|Ср|Чт|Пт|Сб|Нд|Вс|Tarih|בתאריך|ב-|في|بتاريخ|در تاریخ|در|روز|в|от|于|在|Vào|Pada|เมื่อ|Quoting|Zitat von|Citando|Citat|Cytowanie|Citace)(?=[\\s\\d,،:.״"'־-]|$)|${digits}|\\p{Lu}[\\p{L}'’.-]*[,،]?\\s|\\p{Ll}{2,5}[.,]{0,2}\\s|\\p{Ll}{2,12}[.,]{1,2}\\s|\\p{Lo}|"|<|[\\w.+-]+@)`,
  'u',
);
const hasAddress = /[\w.+-]+@[\w-]+\.[\w.-]+|<[^<>\s]+@[^<>\s]+>|\[mailto:/;
