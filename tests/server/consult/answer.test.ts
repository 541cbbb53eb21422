import { describe, expect, test } from 'vitest';
import type { StoreRow } from '../../../server/catalogue/rows.ts';
import { PHRASES } from '../../../server/consult/answer/draft.ts';
import { whyCodes, whyOf } from '../../../server/consult/answer/why.ts';
import type { SpokenLanguage } from '../../../server/consult/languages.ts';
import type { LookupAnswer } from '../../../server/consult/lookup.ts';
import { say } from '../../../server/consult/phrases/table.ts';
import { namedStores } from '../../../server/consult/understand/places.ts';
import { tokenise } from '../../../server/consult/understand/quantities.ts';
import { ask, night, offer, offers, sources } from './shop.ts';

const text = async (...args: Parameters<typeof ask>) => (await ask(...args)).answer?.text ?? '';

test.each([
  ['have you got the nokia 3310?', { code: 'absent', about: 'nokia 3310' }],
  ['Есть у вас нокиа 3310?', { code: 'absent' }],
])('why there is no answer is told to colleagues as a word too: %s', async (question, why) => {
  const { answer, why: told } = await ask(question);
  expect(answer).toBeNull();
  expect(told).toMatchObject(why);
});

test('each reason in each language is read back as its word', () => {
  for (const [language, phrases] of Object.entries(PHRASES))
    for (const code of whyCodes)
      expect(
        whyOf(
          say(phrases[code], { said: 'X', product: 'X', store: 'X', country: 'X', attribute: 'X' }),
          language as SpokenLanguage,
        ),
      ).toMatchObject({ code });
});

describe('a question about stock', () => {
  test('is answered with price, pieces, their age and when the store opens', async () => {
    const { answer } = await ask('A55 256 blue at Riverside?');
    expect(answer?.text).toContain('2 in stock at Riverside (as of 23:10)');
    expect(answer?.text).toContain('429 EUR');
    expect(answer?.text).toContain('10:00');
    expect(answer?.citations.map((citation) => citation.kind)).toEqual(
      expect.arrayContaining(['offer', 'store', 'product']),
    );
    expect(answer?.citations.find((citation) => citation.kind === 'offer')?.asOf).toBe('2026-11-21T21:10:00.000Z');
  });

  test('names the stores that have it when this one does not', async () => {
    expect(await text('Galaxy A35 128 in stock?', { store: 'RIV' })).toMatch(
      /out of stock at Riverside.*Station \(3\)/,
    );
  });

  test('offers what stands in when it is out everywhere, with reasons', async () => {
    expect(await text('do you have galaxy a55 128 black?')).toMatch(
      /out of stock in all our stores.*Instead.*Galaxy A55 5G 256GB Blue, 429 EUR \(same 6.6 in display, \+128 GB storage/,
    );
  });

  test('says how old an old figure is and that the store will confirm', async () => {
    expect(await text('redmi 7a in stock?')).toContain('As of 20 Nov, 09:10; the store will confirm.');
  });
});

describe('questions of different things in one message', () => {
  test('are each answered about their own thing', async () => {
    const told = await text('how long is the warranty on headphones? And A55 256 blue at Riverside?');
    expect(told).toMatch(/^24 months\..*2 in stock at Riverside/);
    expect(await text('how much is the A55 256? and the A35?')).toMatch(/429 EUR.*A35.* 299 EUR/);
    expect(await text('А55 256 есть на Риверсайд? И сколько гарантия на наушники?')).toMatch(/2 шт\..* 24 мес\./);
  });

  test('of which one has no answer leave it to a person, and say nothing of it', async () => {
    const { answer, handover } = await ask('Have you got the nokia 3310? And what does the A35 cost?');
    expect(answer?.text).toMatch(/^Samsung Galaxy A35 [^.]* costs 299 EUR\.$/);
    expect(answer?.confidence).toBeLessThanOrEqual(0.5);
    expect(handover?.reason).toContain('nokia 3310');
  });

  test('say nothing twice, and nothing of a thing we do not know by way of one we do', async () => {
    const { answer, handover } = await ask('How much is the A55 256 blue? And do you sell washing machines?');
    expect(answer?.text).toMatch(/^Samsung Galaxy A55 5G 256GB Blue costs 429 EUR\.$/);
    expect([answer?.confidence, handover === undefined]).toEqual([0.5, false]);
    const told = await text('Is the A55 256 blue in stock at Riverside? How much is it? What does the A35 cost?');
    expect(told.match(/429 EUR/g)).toHaveLength(1);
  });

  test('go on about a model that has versions: what fits it fits that model', async () => {
    const told = await text('I have a Galaxy A55. Do you have cases for it? And what does the A35 cost?');
    expect(told).toBe('Samsung Galaxy A35 5G 128GB Black costs 299 EUR.');
  });

  test('go on about the thing that the client has told of', async () => {
    const told = await text('Hello! I bought an A55 256. Is it still under warranty? Do you have a SIM plan too?');
    expect(told).toContain('Samsung Galaxy A55');
    expect(told).toContain('24 months');
  });
});

describe('a question about a price', () => {
  test.each([
    ['Сколько стоит галакси а55 256 синий?', '429 EUR'],
    ['cât costă samsung a55 256 albastru?', '429 EUR'],
    ['갤럭시 A55 256 파란색 가격?', '429 EUR'],
    ['قیمت گلکسی آ۵۵ ۲۵۶ آبی چند است؟', '429 EUR'],
    ['Vad kostar Galaxy A55 256 blå?', '429 EUR'],
    ['Was kostet das Galxy A55 256 blau?', '429 EUR'],
    ['¿Cuánto cuesta el Samsung A55 256 azul?', '429 EUR'],
    ['price of a 20 W charger', '19.90 EUR'],
  ])('%s', async (question, price) => {
    expect(await text(question)).toContain(price);
  });

  test('tells each version of one model, each from its own row', async () => {
    const answer = await ask('galaxy a55 price');
    expect(answer.answer?.text).toContain('128GB Black – 389 EUR');
    expect(answer.answer?.text).toContain('256GB Blue – 429 EUR, Riverside (2)');
    expect(answer.answer?.citations.filter(({ kind }) => kind === 'offer').map(({ id }) => id.slice(0, 8))).toContain(
      'A55-256@',
    );
    expect(answer.clarify?.options.map((option) => option.productId)).toEqual(['A55-128', 'A55-256']);
  });

  test('beside another question is answered with it, each from its own row', async () => {
    const answer = await ask('how much is the galaxy a55 256 blue and how big is the battery?');
    expect(answer.answer?.text).toContain('429 EUR');
    expect(answer.answer?.text).toContain('5000 mAh');
  });

  test('is asked back where one piece is to be kept', async () => {
    const answer = await ask('can you reserve a galaxy a55 for me');
    expect(answer.answer).toBeNull();
    expect(answer.clarify?.options.map((option) => option.productId)).toEqual(['A55-128', 'A55-256']);
  });

  test('is not answered from an offer that has expired', async () => {
    const answer = await ask('iphone 13 price');
    expect(answer.answer).toBeNull();
    expect(answer.reason).toContain('no valid price');
  });

  test('about something that is not sold states nothing and hands over', async () => {
    for (const question of [
      'Galaxy S99 Ultra price',
      'do you have Nokia 3310?',
      'сколько стоит iphone 13 mini',
      'Blackview BV9900?',
    ]) {
      const answer = await ask(question);
      expect(answer.answer, question).toBeNull();
      expect(answer.abstained).toBe(true);
      expect(answer.handover?.reason).toBeTruthy();
    }
  });
});

describe('an article answers', () => {
  const shop = sources({
    articles: {
      backup: '# Windows-11\n\nBefore the update to Windows-11, copy the photos of the phone to a disk.',
      team: '# Who works here\n\nMia is the manager of the workshop at the harbour.',
    },
  });
  test('what is written like a model, where it names it and the shop sells nothing near', async () => {
    const asked = 'How are photos copied before Windows-11?';
    expect((await ask(asked, { sources: shop })).answer?.text).toContain('copy the photos');
    expect((await ask(asked)).answer).toBeNull();
  });
  test.each([
    ['Who is the manager of the workshop at the harbour?', false],
    ['I want the manager of the workshop at the harbour', true],
    ['Can I talk to a person at the workshop at the harbour?', true],
    ['manager?', true],
  ])('where a person is only spoken of, and a person where one is wished for: %s', async (question, person) => {
    const { answer, handover } = await ask(question, { sources: shop });
    expect([answer === null, handover?.reason !== undefined]).toEqual([person, person]);
  });
});

test('an answer is the less sure, the nearer another article comes', async () => {
  const article = (floor: string) => `# Wifi on floor ${floor}\n\nThe wifi of floor ${floor} is switched off at night.`;
  const sureness = async (question: string) =>
    (await ask(question, { sources: sources({ articles: { one: article('one'), two: article('two') } }) })).answer
      ?.confidence ?? 0;
  expect(await sureness('when is wifi on the floor switched off at night?')).toBeLessThan(0.6);
  expect(await sureness('how many working days does porting a number take?')).toBeGreaterThan(0.8);
});

describe('a question about what a product has', () => {
  test('is answered once for all variants that agree', async () => {
    expect(await text('Does the Galaxy A55 have eSIM?')).toBe('Yes, Samsung Galaxy A55 5G: eSIM – yes.');
  });
  test('is answered no where a list of networks does not hold it', async () => {
    expect(await text('hat das redmi 7a 5g?')).toMatch(/^Nein/);
  });
  test('is not guessed where the row is silent', async () => {
    const answer = await ask('does iphone 13 have wireless charging?');
    expect(answer.answer).toBeNull();
    expect(answer.reason).toContain('wireless charging');
  });
  test('understands battery in Korean, Persian and with a typo', async () => {
    for (const question of ['레드미 7A 배터리 용량이 얼마예요?', 'باتری ردمی ۷A چقدر است؟', 'redmi 7a batery?'])
      expect(await text(question), question).toContain('4000 mAh');
  });
});

describe('other questions of every day', () => {
  test('opening hours on a holiday and on a Sunday', async () => {
    expect(await text('Is Riverside open on 25 December?')).toMatch(/Riverside is closed/);
    expect(await text('Работает ли Station в воскресенье?')).toContain('09:00-21:00');
  });
  test('A or B', async () => {
    expect(await text('Compare Galaxy A55 256 blue and Redmi 7A')).toMatch(/battery: .*5000 mAh; .*4000 mAh/);
  });
  test('whether a case fits', async () => {
    expect(await text('does the clear case for galaxy a55 fit the galaxy a55?')).toMatch(/^Yes/);
    expect(await text('case for Galaxy A55?')).toContain('Clear Case');
    expect(await text('which charger do I need for the Galaxy A55')).toMatch(/^These fit .*20 W USB-C Charger/);
  });
  test('a date as a date, and never as a model', async () => {
    expect(await text('hours of Riverside on the 25th of December?')).toMatch(/Riverside is closed/);
    expect(await text('is Riverside open on christmas day?')).toMatch(/Riverside is closed/);
    expect(await text('Riverside 12월 25일 영업하나요?')).not.toBe('');
    expect(await text('is Riverside open at easter?')).toBe('');
  });
  test('a plan abroad, by what the plan costs there', async () => {
    expect(await text('data in Turkey with tariff M')).toMatch(/^Plan M in Türkiye: 2 EUR a day/);
  });
  test('which tariff, with the total worked out', async () => {
    expect(await text('Which plan for 6 GB, 300 minutes and a week in Turkey?')).toMatch(
      /^Plan M: 29 EUR a month \(15 EUR \+ 7 × 2 EUR/,
    );
    expect(await text('کدام تعرفه برای ۶ گیگ، ۳۰۰ دقیقه و یک هفته در ترکیه؟')).toContain('29 EUR');
  });
  describe('with a receipt', () => {
    const told = (reply: Partial<LookupAnswer>) => ({
      sources: {
        ...sources(),
        lookUp: async () => ({
          state: 'found' as const,
          answer: {
            id: 'lookup_1',
            status: 'sold',
            text: 'Samsung Galaxy A55 5G 256GB Blue, bought on 2026-03-02',
            eta: null,
            purchasedOn: null,
            sku: null,
            asOf: night,
            ...reply,
          },
        }),
      },
    });
    const asked = 'Is my phone still under warranty? Receipt 10482';

    test('the end of the warranty follows from the day on record and the rule, both cited', async () => {
      const { answer } = await ask(asked, told({}));
      expect(answer?.text).toMatch(
        /10482: Samsung Galaxy A55 5G 256GB Blue, bought on 2026-03-02.*24 months.*Bought on 2 March 2026: until 2 March 2028/,
      );
      expect(answer?.citations.map((citation) => citation.kind)).toEqual(expect.arrayContaining(['lookup', 'rule']));
    });

    test.each([
      ['a day told apart', { text: 'Galaxy A55', purchasedOn: '2026-03-02' }, '2 March 2028'],
      ['the maker whose rule is narrower', { text: 'iPhone 13', purchasedOn: '2026-03-02' }, '2 March 2027'],
      ['the day it was sold, not the day it was sent', { text: 'Sent on 2026-03-05. Bought 2.3.2026' }, '2 March 2028'],
    ])('knows %s', async (_, reply, end) => {
      expect((await ask(asked, told(reply))).answer?.text).toContain(`until ${end}`);
    });

    test('names no variant that the records do not name', async () => {
      const { answer } = await ask(asked, told({ text: 'Galaxy A55, bought on 2026-03-02' }));
      expect(answer?.text).toContain('until 2 March 2028');
      expect(answer?.text).not.toMatch(/256|128|Blue|Black/);
    });

    test.each([
      ['none', { text: 'One phone' }],
      ['two days that may both be it', { text: '2026-03-02; 2026-03-05' }],
      ['a day of two readings', { text: 'bought 3/4/2026' }],
    ])('asks for the day rather than guess when the records name %s', async (_, reply) => {
      const text = (await ask(asked, told(reply))).answer?.text;
      expect(text).toContain('24 months');
      expect(text).toContain('tell us the purchase date');
      expect(text).not.toContain('until');
    });

    test('says so when the records do not answer, and still gives the rule', async () => {
      const failing = { ...sources(), lookUp: async () => ({ state: 'failed' as const }) };
      expect(await text(asked, { sources: failing })).toMatch(
        /24 months.*records do not answer.*tell us the purchase date/,
      );
      expect((await ask('Where is order 10482?', { sources: failing })).reason).toContain('do not answer');
    });

    test('that is sent when we asked for it belongs to the question before', async () => {
      const history = [{ role: 'client' as const, text: 'Is my phone still under warranty?' }];
      expect(await text('receipt 10482', { ...told({}), history })).toContain('until 2 March 2028');
      expect(await text('bought on 2026-03-02', { history })).toContain('until 2 March 2028');
    });

    test('is no date, model, sum or phone number', async () => {
      const noted: string[] = [];
      const noting = {
        ...sources(),
        lookUp: async (_: unknown, reference: string) => {
          noted.push(reference);
          return { state: 'unknown' as const };
        },
      };
      for (const question of [
        'Is my A55 bought on 2025-03-02 for 1299 EUR under warranty? Call +37369123456',
        'warranty for galaxy a55 bought in 2025',
      ])
        await ask(question, { sources: noting });
      await ask('under warranty? IMEI 35 693803 564380 9', { sources: noting });
      expect(noted).toEqual(['356938035643809']);
    });
  });

  test('warranty by the narrowest rule, with its last day', async () => {
    expect(await text('Is my iPhone 13 under warranty? bought on 2025-12-01')).toMatch(/12 months.*1 December 2026/);
    expect(await text('Hat das Redmi 7A noch Garantie?')).toMatch(/24 Monate.*Kaufdatum/);
  });
  test('a phone for a budget', async () => {
    expect(await text('телефон до 300 евро с хорошей батареей')).toContain(
      'Samsung Galaxy A35 5G 128GB Black, 299 EUR',
    );
  });
  test('when it is back', async () => {
    expect(await text('when will galaxy a55 128 black be back in stock')).toContain('3 December 2026');
  });
  test('how to, from the article, word for word', async () => {
    const { answer } = await ask('How do I transfer data from Android to iPhone?');
    expect(answer?.text).toContain('Install Move to iOS');
    expect(answer?.citations[0]).toMatchObject({ kind: 'passage', articleId: 'moving' });
  });
  test('what nothing supports is not answered', async () => {
    expect(await ask('What is the capital of France?')).toMatchObject({ answer: null, abstained: true });
  });
});

describe('a rule', () => {
  test('of a maker is told for the maker, without a product', async () => {
    expect(await text('how long is the warranty on apple phones?')).toMatch(/12 months/);
    expect(await text('wie lange garantie auf applehandys')).toMatch(/12 Monate/);
    expect(await text('how long is the warranty on phones?')).toMatch(/24 months/);
  });
  test('prices the part that is named and no other', async () => {
    expect(await text('screen repair galaxy a55 cost')).toContain('119 EUR');
    for (const question of [
      'battery replacement galaxy a55 cost',
      'repair price galaxy a55 back glass',
      'замена батареи galaxy a55 цена',
      'lautsprecher reparatur galaxy a55 kosten',
    ])
      expect(await text(question), question).not.toContain('119');
  });
});

describe('a name as people say it', () => {
  test.each([
    ['галакси а55 256 есть?', 'A55-256'],
    ['갤럭시 a55 256에 뭐 있어요', 'A55-256'],
    ['galaxy a fifty five', null],
  ])('%s', async (question, sku) => {
    const { products } = await ask(question);
    expect(products[0]?.sku ?? null).toBe(sku);
  });
});

test('a stock that changed is never answered from memory', async () => {
  const changed = sources({
    offers: [...offers.filter((row) => row.id !== 'A55-256@RIV'), offer('A55-256', 'RIV', 449, 1)],
  });
  const answer = await text('A55 256 blue at Riverside?', { sources: changed });
  expect(answer).toContain('449 EUR');
  expect(answer).not.toContain('429');
});

test('a city is known by its name in another language', () => {
  const stores = [
    { id: 'a', name: 'Rive', code: 'GE1', city: 'Geneva' },
    { id: 'b', name: 'Langstrasse', code: 'ZH1', city: 'Zürich' },
  ] as StoreRow[];
  const named = (question: string) => namedStores(tokenise(question), stores).stores.map((store) => store.id);
  expect(['offen in Genf', 'в женеве открыто', '제네바점 영업', 'abris en ginebra'].map(named)).toEqual([
    ['a'],
    ['a'],
    ['a'],
    ['a'],
  ]);
  expect(named('открыто в цюрихе')).toEqual(['b']);
});
