import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { maskHtml, maskSecrets } from '../../../server/consult/maskSecrets.ts';
import { topicsOf } from '../../../server/consult/understand/topics.ts';
import { analyse } from '../../../server/knowledge/analysis/analyse.ts';
import { fold } from '../../../server/knowledge/analysis/fold.ts';
import { detectLanguage } from '../../../server/knowledge/analysis/language.ts';
import { PassageIndex } from '../../../server/knowledge/passageIndex.ts';
import { readArticleFile } from '../../../server/knowledge/readArticleFile.ts';
import { splitArticle } from '../../../server/knowledge/split.ts';
import { SynonymTable } from '../../../server/knowledge/synonymTable.ts';

describe('words', () => {
  test('of Persian, Arabic and accents are folded to one form', () => {
    expect(fold('Größe ÎN ۱۳ می\u200cخواهم كتاب й')).toBe('grosse in 13 می خواهم کتاب й');
  });
  test('that name models are found in each spelling', () => {
    for (const text of ['s21fe', 'S21 FE'])
      expect(analyse(text, 'en').words).toEqual(expect.arrayContaining(['s21', 'fe', 's21fe']));
    expect(analyse('айфона', 'ru').words).toContain('iphone');
    expect(analyse('갤럭시를', 'ko').words).toContain('galaxy');
  });
  test.each([
    ['är den vattentät?', 'sv'],
    ['ai A55?', 'ro'],
    ['¿tienen A55?', 'es'],
    ['was kostet das?', 'de'],
    ['قیمت چند است', 'fa'],
    ['есть?', 'ru'],
    ['있어요?', 'ko'],
  ])('of a short question tell its language: %s', (text, language) => {
    expect(detectLanguage(text, 'en')).toBe(language);
  });
  test('that tell no language are of the one their writer speaks', () => {
    for (const text of ['hello undo ui', 'test', 'garanti', 'A55 256?'])
      for (const spoken of ['en', 'de', 'fa'])
        expect(`${text} ${detectLanguage(text, spoken)}`).toBe(`${text} ${spoken}`);
  });
});

describe('words that mean the same', () => {
  const table = new SynonymTable([
    ['Handy', 'mobile phone', 'cell'],
    ['чехол', 'бампер'],
    ['갤폰', 'Galaxy'],
  ]);
  test.each([
    ['which handys have you got', 'en', 'which mobile phone have you got'],
    ['есть бамперы?', 'ru', 'есть чехол?'],
    ['갤폰은 얼마?', 'ko', 'galaxy 얼마?'],
    ['a CELL, please', 'en', 'a mobile phone, please'],
    ['excellent', 'en', 'excellent'],
  ])('are put in the words that are known: %s', (text, language, expected) => {
    const known = ['mobile phone', 'чехол', 'galaxy'];
    expect(table.reword(text, language, (words) => known.includes(words))).toBe(expected);
  });
  test('are as many ways to ask', () => {
    expect(table.ways('Handy 5')).toEqual(['Handy 5', 'mobile phone 5', 'cell 5']);
  });
});

describe('an article', () => {
  test('is cut at headings, with the path to each passage; a table row can be quoted alone', () => {
    expect(splitArticle('# Plans\n\nAll plans.\n\n## Prices\n\n| Plan | Price |\n|--|--|\n| S | 9 |\n')).toEqual([
      { path: ['Plans'], text: 'All plans.' },
      { path: ['Plans', 'Prices'], text: 'Plan: S; Price: 9' },
    ]);
  });
  test('comes from a zip of a folder, HTML and Word included', async () => {
    const word = zipSync({
      '[Content_Types].xml': strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      '_rels/.rels': strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Repairs</w:t></w:r></w:p><w:p><w:r><w:t>A screen takes an hour.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Part</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Screen</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>119 EUR</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>',
      ),
    });
    const zip = zipSync({
      'help/a.md': strToU8('---\ntitle: Roaming\nlocale: en\n---\nText'),
      'help/b.html': strToU8('<html lang="ro"><h1>Garanție</h1><p>24 luni</p>'),
      'help/c.docx': word,
      'help/d.exe': strToU8('no'),
      'help/e.pdf': pdfOf('Trade-in takes two days.'),
      'help/pics/x.png': new Uint8Array([1, 2, 3]),
      'help/f.md': strToU8('# Pictures\n\n![x](pics/x.png)'),
    });
    const { articles, errors } = await readArticleFile('help.zip', zip, async (name, type) => `/kept/${type}/${name}`);
    expect(errors).toEqual([]);
    expect(articles.map(({ title, path, locale }) => [title, path, locale])).toEqual([
      ['Roaming', 'a.md', 'en'],
      ['Garanție', 'b.html', 'ro'],
      ['Repairs', 'c.docx', undefined],
      ['e', 'e.pdf', undefined],
      ['Pictures', 'f.md', undefined],
    ]);
    expect(articles[2]?.body).toBe(
      '# Repairs\n\nA screen takes an hour.\n\n| Part | Price |\n| --- | --- |\n| Screen | 119 EUR |',
    );
    expect(articles[3]?.body).toBe('Trade-in takes two days.');
    expect(articles[4]?.body).toContain('![x](/kept/image/png/help/pics/x.png)');
  });
});

/** The least PDF there can be: one page with one line. */
function pdfOf(text: string): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length + 38} >>\nstream\nBT /F1 12 Tf 20 100 Td (${text}) Tj ET\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return strToU8(`%PDF-1.4\n${body}trailer << /Root 1 0 R >>\n%%EOF`);
}

describe('the index', () => {
  const index = new PassageIndex();
  const put = (id: string, text: string, language: string, title = '') =>
    index.put([{ id, articleId: id, title, path: [], text, position: 0, language }]);
  put('en', 'A cracked display is replaced in one hour.', 'en', 'Screen repair');
  put('de', 'Ein Displayschaden wird in einer Stunde behoben.', 'de');
  put('ja', '画面の修理は一時間かかります。', 'ja');
  put('fa', 'تعویض صفحه‌نمایش یک ساعت طول می‌کشد.', 'fa');
  const best = (question: string, language: string) => index.search(question, { language }).hits[0]?.passage.id;

  test.each([
    ['how long does a dispaly repair take', 'en', 'en'],
    ['Schaden beheben', 'de', 'de'],
    ['画面修理', 'ja', 'ja'],
    ['تعویض صفحه نمایش', 'fa', 'fa'],
  ])('finds %s', (question, language, id) => {
    expect(best(question, language)).toBe(id);
  });
  test('hears what was said before, when the question leaves it out', () => {
    const talk = new PassageIndex();
    talk.put(
      ['Data saver is switched off in the settings.', 'A VPN is switched off in its app.'].map((text, at) => ({
        ...{ id: `p${at}`, articleId: `a${at}`, title: '', path: [], text, position: 0, language: 'en' },
      })),
    );
    const history = [{ role: 'client' as const, text: 'Is my VPN slow?' }];
    expect(talk.search('how is it switched off', { language: 'en', history }).hits[0]?.passage.id).toBe('p1');
  });
  test('forgets a passage whole, and gives its place to the next', () => {
    const small = new PassageIndex();
    const passage = { articleId: 'a', title: '', path: [], position: 0, language: 'en' };
    small.put([{ ...passage, id: 'old', text: 'A spare battery costs ten.' }]);
    small.remove(['old']);
    expect(small.search('spare battery', { language: 'en' }).hits).toEqual([]);
    small.put([{ ...passage, id: 'new', text: 'A spare charger costs ten.' }]);
    expect(small.search('battery', { language: 'en' }).hits).toEqual([]);
    expect(small.search('charger', { language: 'en' }).hits[0]?.passage.id).toBe('new');
  });
  test.each([
    ['can I send the phone back', 'en'],
    ['можно вернуть телефон?', 'ru'],
    ['반품할 수 있나요', 'ko'],
  ])('finds what is spoken of in other words, or in another language: %s', (question, language) => {
    const shop = new PassageIndex(topicsOf);
    const texts = {
      returns: 'Returns are taken within 14 days.',
      courier: 'We pay a courier to carry the phone home.',
    };
    shop.put(
      Object.entries(texts).map(([id, text]) => ({
        ...{ id, articleId: id, title: '', path: [], text, position: 0, language: 'en' },
      })),
    );
    const found = shop.search(question, { language });
    expect(found.hits.map((hit) => hit.passage.id)).toContain('returns');
    // What another word for it was found by is no proof that it answers.
    expect(found.confidence).toBeLessThan(0.6);
  });
  test.each([
    ['hur länge gäller presentkortet', 'sv'],
    ['cuánto dura una tarjeta regalo', 'es'],
    ['когда истекает подарочная карта?', 'ru'],
    ['کارت هدیه تا کی معتبر است؟', 'fa'],
  ])('knows everyday words in other languages where no passage holds them: %s', (question, language) => {
    const shop = new PassageIndex();
    const texts = { gift: 'Gift cards are valid for three years.', card: 'A SIM card is cut to size for free.' };
    shop.put(
      Object.entries(texts).map(([id, text]) => ({
        ...{ id, articleId: id, title: '', path: [], text, position: 0, language: 'en' },
      })),
    );
    const { hits, confidence } = shop.search(question, { language });
    expect(hits[0]?.passage.id).toBe('gift');
    expect(confidence).toBeGreaterThan(0.36);
  });
  test('leaves words alone that passages hold, whatever else they may mean', () => {
    const shop = new PassageIndex();
    const passage = { title: '', path: [], position: 0, language: 'en' };
    shop.put([
      { ...passage, id: 'r', articleId: 'r', text: 'A refund takes three days.' },
      { ...passage, id: 'm', articleId: 'm', text: 'Reimbursement of travel is for our staff.' },
    ]);
    expect(shop.search('how long does a refund take', { language: 'en' }).hits.map((hit) => hit.passage.id)).toEqual([
      'r',
    ]);
  });
  test('is unsure of what nobody wrote about', () => {
    expect(index.search('capital of France', { language: 'en' }).confidence).toBeLessThan(0.2);
    expect(index.search('cracked display', { language: 'en' }).confidence).toBeGreaterThan(0.8);
  });
  test('forgets what is removed and takes what replaces', () => {
    put('x', 'Trade in an old phone.', 'en');
    expect(best('trade in', 'en')).toBe('x');
    put('x', 'Something else.', 'en');
    expect(best('trade in', 'en')).not.toBe('x');
    index.remove(['x']);
    expect(index.get('x')).toBeUndefined();
  });
});

test('card numbers and one-time codes are hidden, order numbers are not', () => {
  expect(maskSecrets('4111 1111 1111 1111 and code 482913, order 10482, IMEI 490154203237518')).toMatch(
    /•+ ?.*1111 and code ••••••, order 10482, IMEI 490154203237518/,
  );
  expect(maskSecrets('My postal code is 10115, the code is 4711')).toBe('My postal code is 10115, the code is ••••');
  // One endless word would take minutes if each of its letters began a search.
  const endless = 'x'.repeat(450_000);
  expect(maskSecrets(endless)).toBe(endless);
  expect(maskHtml('<a href="/o/4111111111111111">4111111111111111</a>')).toBe(
    '<a href="/o/4111111111111111">••••••••••••1111</a>',
  );
});
