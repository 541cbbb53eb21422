import { findPhoneNumbersInText } from 'libphonenumber-js';
import { fold } from '../../knowledge/analysis/fold.ts';

/** Reads the few things a client says in a flow, in every language we speak. Pure. */

const YES =
  /^(?:yes|yep|yeah|yea|sure|ok|okay|please|yes please|please do|go ahead|do it|да|ага|конечно|хорошо|давайте|пожалуйста|네|예|응|그래|좋아요|부탁해요|부탁드려요|da|sigur|bine|desigur|va rog|بله|بلی|اره|باشه|حتما|لطفا|ja|japp|garna|gärna|visst|absolut|gern|gerne|bitte|jawohl|klar|si|claro|vale|por favor)(?:[\s,.!]|$)/u;
const NO =
  /^(?:no|nope|no thanks|not now|нет|не надо|не нужно|спасибо нет|아니|아니요|괜찮아요|됐어요|nu|nu multumesc|نه|خیر|نمیخواهم|nej|nej tack|nein|nein danke|no gracias)(?:[\s,.!]|$)/u;

/** "Yes" or "no" at the beginning of a short answer; null when it is neither. */
export function yesOrNo(text: string): 'yes' | 'no' | null {
  const said = fold(text).trim();
  if (said.length > 60 || said.includes('?')) return null;
  if (NO.test(said)) return 'no';
  return YES.test(said) ? 'yes' : null;
}

const PLEA = /^(?:please(?! do)|пожалуйста|부탁|va rog|لطفا|bitte|por favor)(?:[\s,.!]|$)/u;
/** A plea with more words than these asks for something. */
const PLEA_ALONE = 16;

/** "Yes please, my name is Ana": an answer to what we asked, and no question of its own. "Please unlock my SIM" is one. */
export function isReply(text: string): boolean {
  const said = fold(text).trim();
  return yesOrNo(text) !== null && !(PLEA.test(said) && said.length > PLEA_ALONE);
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** A phone number (E.164 where its country is known) or an e-mail address in a text; null when there is none. */
export function contactIn(text: string): { kind: 'email' | 'phone'; value: string } | null {
  const email = EMAIL.exec(text)?.[0];
  if (email) return { kind: 'email', value: email.toLowerCase() };
  const phone = phoneIn(text);
  return phone === null ? null : { kind: 'phone', value: phone };
}

export function phoneIn(text: string): string | null {
  const digits = fold(text);
  const [found] = findPhoneNumbersInText(digits);
  if (found) return found.number.number;
  const local = /(?<![\d+])0?\d[\d ()./-]{6,16}\d(?!\d)/.exec(digits)?.[0];
  const plain = local?.replace(/\D/g, '') ?? '';
  return plain.length >= 7 && plain.length <= 12 ? plain : null;
}

/** The 15 digits of an IMEI whose check digit is right (3GPP TS 23.003, annex B); null when there is none. */
export function imeiIn(text: string): string | null {
  for (const [match] of fold(text).matchAll(/(?<!\d)\d(?:[ -]?\d){14}(?!\d)/g)) {
    const digits = match.replace(/\D/g, '');
    if (luhn(digits)) return digits;
  }
  return null;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

/** Words, `*` for any ending, as one test over folded text. */
function wordsOf(list: string): RegExp {
  const words = list.split(',').map((word) => word.replace('*', '\\p{L}*'));
  return new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'u');
}

const REMEDY = wordsOf(
  'refund*,money back,replace*,exchange*,repair*,fix,fixed,new one,возврат*,вернуть деньги,верните,замен*,обмен*,ремонт*,почин*,ramburs*,banii inapoi,inlocui*,schimb*,repar*,aterbetal*,pengarna tillbaka,byta*,laga*,geld zuruck,ersatz*,umtausch*,austausch*,reparier*,reembols*,devol*,cambi*,환불*,교환*,수리*,고쳐*,پول*,تعویض*,تعمیر*,مرجوع*',
);

/** The sentence in which a client says what they want done; null when they do not. */
export function remedyIn(text: string): string | null {
  for (const sentence of sentencesOf(text)) if (REMEDY.test(fold(sentence))) return sentence;
  return null;
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?؟。])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const CALL_ME =
  /call me|call(?:ing)? back|give me a call|phone me|ring me|someone call|перезвон|позвоните|позвонить мне|전화 ?(?:해|주|부탁)|콜백|sunati|sa ma sune|suna ma|apel inapoi|تماس بگیر|زنگ بزن|ring mig|ring upp|rufen sie mich|ruckruf|zuruckrufen|llamame|llamenme|me llam/u;

export function asksForCall(text: string): boolean {
  return CALL_ME.test(fold(text));
}

const TELL_ME =
  /(?:tell|notify|inform|message|write|text|ping|alert|remind) (?:me|us)|let (?:me|us) know|сообщит|дайте знать|уведом|напишите|알려|연락 ?주|anunta|sa-?mi spune|instiinta|خبر|اطلاع|säg till|sag till|meddela|hor av er|sagen sie (?:mir )?bescheid|bescheid|benachrichtig|avis|notifi/u;

export function asksToBeTold(text: string): boolean {
  return TELL_ME.test(fold(text));
}

const ANGRY = wordsOf(
  'outrag*,disgust*,scam*,fraud*,thief,thieves,liar*,terrible,horrible,awful,worst,ridiculous,unacceptable,furious,angry,fed up,sick of,lawyer,sue you,court,rip off,useless,idiot*,shame on,безобраз*,возмут*,мошенн*,обман*,ужас*,кошмар*,позор*,хамств*,в суд,адвокат*,достали,надоел*,escroc*,hoti,hotie,ingrozitor*,inaccepta*,rusine,avocat*,nesimtit*,skandal*,bedrageri,lurendrej*,oacceptab*,uselt,vardelos*,advokat*,unverschamt*,betrug*,frechheit,unfassbar,anwalt*,estafa*,ladron*,inaceptab*,verguenza,abogad*,indignant*,사기*,최악*,화가 나*,열받*,어이없*,고소*,کلاهبردار*,افتضاح*,دزد*,شکایت*,خجالت*,وکیل*,مسخره*',
);

/**
 * Whether somebody is angry: by their words, or by shouting (capitals, several exclamation marks). A claim is heard more
 * finely: there one exclamation mark is enough.
 */
export function isAngry(text: string, isClaim = false): boolean {
  if (ANGRY.test(fold(text)) || /[!！]{2,}|[?؟]!|![?؟]/u.test(text)) return true;
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, '');
  const shouting = letters.length > 12 && letters.replace(/\p{Ll}/gu, '').length > letters.length * 0.8;
  return shouting || (isClaim && /[!！]/u.test(text));
}

/** What masking leaves of a card number or a one-time code. */
export function holdsSecret(text: string): boolean {
  return /•{3,}/u.test(text);
}
