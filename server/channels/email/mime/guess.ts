/**
 * Names the likeliest charset of 8-bit text that is not UTF-8 and whose declaration is missing or useless.
 * Each candidate decodes the text; the one whose characters people of that script really write wins.
 */
export function guessCharset(bytes: Uint8Array): string {
  const sample = bytes.length > 16_384 ? bytes.subarray(0, 16_384) : bytes;
  let best = 'windows-1252';
  let bestScore = 0;
  const alone = standAlone(sample);
  for (const { charset, common, foreign, weight } of candidates) {
    if (alone && twoByte.has(charset)) continue;
    const text = decoderOf(charset).decode(sample);
    const wide = text.match(beyondAscii)?.length ?? 0;
    if (wide === 0) continue;
    const good = text.match(common)?.length ?? 0;
    const mixed = latin.has(charset) ? 0 : (text.match(mixedWord)?.length ?? 0);
    const bad = (text.match(foreign)?.length ?? 0) + mixed + (text.match(broken)?.length ?? 0) * 3;
    // Two-byte alphabets need half the characters for the same bytes, so shares are compared, not counts.
    const score = ((good - 2 * bad) / wide) * weight;
    if (score > bestScore) {
      best = charset;
      bestScore = score;
    }
  }
  return best;
}

/** True when a charset was guessed that writes another script than Latin: a Latin declaration was then an oversight. */
export function isOtherScript(charset: string): boolean {
  return !latin.has(charset);
}

/** High bytes that mostly stand alone between ASCII letters: an alphabet with accents, no two-byte one. */
function standAlone(bytes: Uint8Array): boolean {
  let runs = 0;
  let single = 0;
  for (let i = 0; i < bytes.length; ) {
    if ((bytes[i] ?? 0) < 0x80) {
      i++;
      continue;
    }
    const start = i;
    while (i < bytes.length && (bytes[i] ?? 0) >= 0x80) i++;
    runs++;
    if (i - start === 1) single++;
  }
  return single > runs * 0.6;
}

const twoByte = new Set(['shift_jis', 'euc-jp', 'euc-kr', 'big5', 'gb18030']);

interface Candidate {
  charset: string;
  /** Characters that ordinary text of this charset is made of. */
  common: RegExp;
  /** Characters that are possible and hardly ever written. */
  foreign: RegExp;
  weight: number;
}

const beyondAscii = /[^\p{ASCII}]/gu;
/** A letter of another script inside a Latin word. */
const mixedWord = /[a-z](?=[^\p{ASCII}\p{Script=Han}])|(?<=[^\p{ASCII}\p{Script=Han}])[a-z]/giu;
const latin = new Set(['windows-1252', 'windows-1250', 'windows-1254']);
const broken = /[\ufffd\u0080-\u009f\ue000-\uf8ff]/g;
const lowerCyrillic = /(?<![а-яёіїєґ][А-ЯЁ])[а-яёіїєґ]|(?<![а-яёА-ЯЁ])[А-ЯЁІЇЄҐ]/g;
const oddCyrillic = /[а-яё][А-ЯЁ]|[\u2500-\u25ff\u0402-\u040f\u0452-\u0455\u0458-\u045f†‡‰‹›¤¦§©«¬®°±¶·]/g;

/** Punctuation and the commonest characters: about half of any text in the right charset, next to none in a wrong one. */
const traditional =
  /[，。、：；？！「」（）的一是不了人我在有他這為之大來以個中上們到說時要就出會可也你對生能而子那得於著下自年過後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想日者意無力它與長把第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應文體您請謝謝電話郵件回覆寄先生小姐貴公司附訂單貨款]/g;
const simplified =
  /[，。、：；？！“”（）的一是不了人我在有他这为之大来以个中上们到说时要就出会可也你对生能而子那得于着下自年过后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想日者意无力它与长把第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应文体您请谢谢电话邮件回复寄先生小姐贵公司附订单货款]/g;

const candidates: Candidate[] = [
  {
    charset: 'shift_jis',
    common: /[\u3040-\u30ff、。「」ー\u4e00-\u9fff]/g,
    foreign: /[\uff61-\uff9f]/g,
    weight: 1.05,
  },
  {
    charset: 'euc-jp',
    common: /[\u3040-\u30ff、。「」ー]|(?<=[\u3040-\u30ff])[\u4e00-\u9fff]|[\u4e00-\u9fff](?=[\u3040-\u30ff])/g,
    foreign: /[\uff61-\uff9f\u0400-\u04ff]/g,
    weight: 1.1,
  },
  { charset: 'euc-kr', common: /[\uac00-\ud7a3]/g, foreign: /[\u4e00-\u9fff\u3040-\u30ff]/g, weight: 1.02 },
  { charset: 'big5', common: traditional, foreign: /[\u3040-\u30ff\ufe30-\ufeff]/g, weight: 2 },
  { charset: 'gb18030', common: simplified, foreign: /[\u3040-\u30ff\u0400-\u04ff]/g, weight: 2 },
  { charset: 'windows-1251', common: lowerCyrillic, foreign: oddCyrillic, weight: 1 },
  { charset: 'koi8-r', common: lowerCyrillic, foreign: oddCyrillic, weight: 0.99 },
  { charset: 'ibm866', common: lowerCyrillic, foreign: oddCyrillic, weight: 0.9 },
  { charset: 'iso-8859-5', common: lowerCyrillic, foreign: oddCyrillic, weight: 0.9 },
  { charset: 'windows-1253', common: /[α-ωά-ώΑ-Ω]/g, foreign: /[\u00a0-\u00bf]/g, weight: 0.85 },
  { charset: 'windows-1255', common: /[א-ת]/g, foreign: /[\u0591-\u05c7\u00a0-\u00bf]/g, weight: 0.9 },
  {
    charset: 'windows-1256',
    common: /[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc،؛؟]/g,
    foreign: /[\u00c0-\u00ff\u0152\u0153]/g,
    weight: 0.88,
  },
  { charset: 'windows-874', common: /[\u0e01-\u0e5b]/g, foreign: /[\u00a0-\u00bf]/g, weight: 0.8 },
  {
    charset: 'windows-1252',
    common: /[äöüßÄÖÜéèêàâçñóíáúëïîôûùœæøåÉÈÀÇÑÅØÆ¿¡«»“”‘’–—…€£°§]/g,
    foreign: /[ÐÞþðý¤¦¨¬¯¶¸¹²³ƒˆ]/g,
    weight: 0.8,
  },
  {
    charset: 'windows-1250',
    common: /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűäöüâîăşţ“”–…]/g,
    foreign: /[¤¦¨¬Ë˘˛˝¸]/g,
    weight: 0.78,
  },
  { charset: 'windows-1254', common: /[ğĞıİşŞçÇöÖüÜ“”–…]/g, foreign: /[¤¦¨¬¶¸]/g, weight: 0.79 },
];

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  const known = decoders.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder;
}
