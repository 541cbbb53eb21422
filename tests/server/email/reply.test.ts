import { describe, expect, it } from 'vitest';
import { splitReply } from '../../../server/channels/email/reply/reply.ts';

const said = 'Ja, das passt.\nDanke!';
const quotation = '> Guten Tag\n> und vielen Dank';

/** How mail programs announce a quotation, by language. */
const attributions: Record<string, string[]> = {
  en: [
    'On Apr 3, 2024, at 4:19 PM, Ann Lee <ann@example.com> wrote:',
    'On Mon, Apr 1, 2024 at 6:26 PM Ann Lee <ann@example.com> wrote:',
    'On 04/02/2024 06:26 PM, Ann Lee wrote:',
    'On Wednesday, April 3rd, 2024 at 4:19 PM, Ann Lee <ann@example.com> wrote:',
  ],
  de: [
    'Am 03.04.2024 um 16:19 schrieb Ann Lee <ann@example.com>:',
    'Am Mi., 3. Apr. 2024 um 16:19 Uhr schrieb Ann Lee <ann@example.com>:',
    'Ann Lee <ann@example.com> schrieb am Mi., 3. Apr. 2024, 16:19:',
    'Am Mittwoch, 3. April 2024 um 16:19:22 MESZ hat Ann Lee <ann@example.com> Folgendes geschrieben:',
  ],
  fr: [
    'Le mer. 3 avr. 2024 à 16:19, Ann Lee <ann@example.com> a écrit :',
    'Le 3 avr. 2024 à 16:19, Ann Lee <ann@example.com> a écrit :',
    'Le 03/04/2024 à 16:19, Ann Lee a écrit :',
    'Le mercredi 3 avril 2024 à 16:19:22 UTC+2, Ann Lee <ann@example.com> a écrit :',
  ],
  es: [
    'El mié, 3 abr 2024 a las 16:19, Ann Lee (<ann@example.com>) escribió:',
    'El 3 abr 2024, a las 16:19, Ann Lee <ann@example.com> escribió:',
    'El 03/04/2024 a las 16:19, Ann Lee escribió:',
  ],
  it: [
    'Il giorno mer 3 apr 2024 alle ore 16:19 Ann Lee <ann@example.com> ha scritto:',
    'Il 03/04/2024 16:19, Ann Lee ha scritto:',
    'Il giorno 3 apr 2024, alle ore 16:19, Ann Lee <ann@example.com> ha scritto:',
  ],
  pt: [
    'Em qua., 3 de abr. de 2024 às 16:19, Ann Lee <ann@example.com> escreveu:',
    'Ann Lee <ann@example.com> escreveu (quarta, 3/04/2024 à(s) 16:19):',
    'No dia 3 de abr. de 2024, às 16:19, Ann Lee <ann@example.com> escreveu:',
  ],
  nl: [
    'Op wo 3 apr 2024 om 16:19 schreef Ann Lee <ann@example.com>:',
    'Op 3 apr. 2024, om 16:19 heeft Ann Lee <ann@example.com> het volgende geschreven:',
    'Op 03-04-2024 om 16:19 schreef Ann Lee:',
  ],
  sv: [
    'Den ons 3 apr. 2024 kl 16:19 skrev Ann Lee <ann@example.com>:',
    '3 apr. 2024 kl. 16:19 skrev Ann Lee <ann@example.com>:',
    'Den 2024-04-03 kl. 16:19, skrev Ann Lee:',
  ],
  da: ['Den ons. 3. apr. 2024 kl. 16.19 skrev Ann Lee <ann@example.com>:', 'Den 03.04.2024 kl. 16.19 skrev Ann Lee:'],
  no: ['ons. 3. apr. 2024 kl. 16:19 skrev Ann Lee <ann@example.com>:', 'Den 03.04.2024 16:19, skrev Ann Lee:'],
  fi: [
    'ke 3. huhtik. 2024 klo 16.19 Ann Lee (ann@example.com) kirjoitti:',
    'Ann Lee <ann@example.com> kirjoitti 3.4.2024 kello 16.19:',
    'Ann Lee kirjoitti 3.4.2024 klo 16.19:',
  ],
  pl: [
    'śr., 3 kwi 2024 o 16:19 Ann Lee <ann@example.com> napisał(a):',
    'W dniu 03.04.2024 o 16:19, Ann Lee pisze:',
    'Wiadomość napisana przez Ann Lee <ann@example.com> w dniu 3 kwi 2024, o godz. 16:19:',
    'Dnia 3 kwietnia 2024 16:19 Ann Lee <ann@example.com> napisał(a):',
  ],
  cs: [
    'st 3. 4. 2024 v 16:19 odesílatel Ann Lee <ann@example.com> napsal:',
    '3. 4. 2024 v 16:19, Ann Lee <ann@example.com>:',
    'Dne 03. 04. 24 v 16:19 Ann Lee napsal(a):',
  ],
  ro: [
    'În mie., 3 apr. 2024 la 16:19, Ann Lee <ann@example.com> a scris:',
    'Pe 3 apr. 2024, la 16:19, Ann Lee <ann@example.com> a scris:',
  ],
  ru: [
    'ср, 3 апр. 2024 г. в 16:19, Ann Lee <ann@example.com>:',
    '03.04.2024 16:19, Ann Lee пишет:',
    '03.04.2024, 16:19, "Ann Lee" <ann@example.com>:',
    'Среда, 3 апреля 2024, 16:19 +03:00 от Ann Lee <ann@example.com>:',
    '3 апр. 2024 г., в 16:19, Ann Lee <ann@example.com> написал(а):',
    '3 апреля 2024 г. 16:19 пользователь Ann Lee <ann@example.com> написал:',
  ],
  uk: [
    'ср, 3 квіт. 2024 р. о 16:19 Ann Lee <ann@example.com> пише:',
    '3 квіт. 2024 р. о 16:19 Ann Lee <ann@example.com> написав(ла):',
  ],
  tr: [
    'Ann Lee <ann@example.com>, 3 Nis 2024 Çar, 16:19 tarihinde şunu yazdı:',
    'Ann Lee <ann@example.com> şunları yazdı (3 Nis 2024 16:19):',
    '3.04.2024 16:19 tarihinde Ann Lee yazdı:',
  ],
  fa: ['در تاریخ چهارشنبه ۳ آوریل ۲۰۲۴،‏ ۱۶:۱۹ Ann Lee <ann@example.com> نوشت:', 'On ۱۴۰۳/۱/۱۵ ۱۶:۱۹, Ann Lee wrote:'],
  ar: [
    'في الأربعاء، 3 أبريل 2024 في 4:19 م تمت كتابة ما يلي بواسطة ‪Ann Lee‬‏ <‪ann@example.com‬‏>:',
    'في ٣ أبريل ٢٠٢٤، الساعة ٤:١٩ م، كتب Ann Lee <ann@example.com>:',
  ],
  ko: [
    '2024년 4월 3일 (수) 오후 4:19, Ann Lee <ann@example.com>님이 작성:',
    '2024. 4. 3. 오후 4:19, Ann Lee <ann@example.com> 작성:',
  ],
  ja: [
    '2024年4月3日(水) 16:19 Ann Lee <ann@example.com>:',
    '2024/04/03 16:19、Ann Lee <ann@example.com>のメール:',
    '2024/04/03 16:19, Ann Lee wrote:',
  ],
  zh: [
    'Ann Lee <ann@example.com> 于2024年4月3日周三 16:19写道：',
    '在 2024年4月3日，16:19，Ann Lee <ann@example.com> 写道：',
    '在 2024-04-03 16:19:22，"Ann Lee" <ann@example.com> 写道：',
    'Ann Lee <ann@example.com> 於 2024年4月3日 週三 下午4:19寫道：',
  ],
};

/** The header lines of Outlook, by language. */
const headerBlocks: Record<string, string> = {
  en: 'From: Ann Lee <ann@example.com>\nSent: Wednesday, April 3, 2024 4:19 PM\nTo: Shop <shop@example.com>\nSubject: Re: Order',
  de: 'Von: Ann Lee <ann@example.com>\nGesendet: Mittwoch, 3. April 2024 16:19\nAn: Shop <shop@example.com>\nBetreff: AW: Bestellung',
  fr: 'De : Ann Lee <ann@example.com>\nEnvoyé : mercredi 3 avril 2024 16:19\nÀ : Shop <shop@example.com>\nObjet : RE: Commande',
  es: 'De: Ann Lee <ann@example.com>\nEnviado el: miércoles, 3 de abril de 2024 16:19\nPara: Shop <shop@example.com>\nAsunto: RE: Pedido',
  it: 'Da: Ann Lee <ann@example.com>\nInviato: mercoledì 3 aprile 2024 16:19\nA: Shop <shop@example.com>\nOggetto: R: Ordine',
  pt: 'De: Ann Lee <ann@example.com>\nEnviado: quarta-feira, 3 de abril de 2024 16:19\nPara: Shop <shop@example.com>\nAssunto: RES: Pedido',
  nl: 'Van: Ann Lee <ann@example.com>\nVerzonden: woensdag 3 april 2024 16:19\nAan: Shop <shop@example.com>\nOnderwerp: RE: Bestelling',
  sv: 'Från: Ann Lee <ann@example.com>\nSkickat: den 3 april 2024 16:19\nTill: Shop <shop@example.com>\nÄmne: SV: Order',
  da: 'Fra: Ann Lee <ann@example.com>\nSendt: 3. april 2024 16:19\nTil: Shop <shop@example.com>\nEmne: SV: Ordre',
  no: 'Fra: Ann Lee <ann@example.com>\nSendt: onsdag 3. april 2024 16:19\nTil: Shop <shop@example.com>\nEmne: SV: Ordre',
  fi: 'Lähettäjä: Ann Lee <ann@example.com>\nLähetetty: keskiviikko 3. huhtikuuta 2024 16.19\nVastaanottaja: Shop <shop@example.com>\nAihe: VS: Tilaus',
  pl: 'Od: Ann Lee <ann@example.com>\nWysłano: środa, 3 kwietnia 2024 16:19\nDo: Shop <shop@example.com>\nTemat: ODP: Zamówienie',
  cs: 'Od: Ann Lee <ann@example.com>\nOdesláno: středa 3. dubna 2024 16:19\nKomu: Shop <shop@example.com>\nPředmět: RE: Objednávka',
  ro: 'De la: Ann Lee <ann@example.com>\nTrimis: miercuri, 3 aprilie 2024 16:19\nCătre: Shop <shop@example.com>\nSubiect: RE: Comandă',
  ru: 'От: Ann Lee <ann@example.com>\nОтправлено: 3 апреля 2024 г. 16:19\nКому: Shop <shop@example.com>\nТема: RE: Заказ',
  uk: 'Від: Ann Lee <ann@example.com>\nНадіслано: 3 квітня 2024 р. 16:19\nКому: Shop <shop@example.com>\nТема: RE: Замовлення',
  tr: 'Kimden: Ann Lee <ann@example.com>\nGönderildi: 3 Nisan 2024 Çarşamba 16:19\nKime: Shop <shop@example.com>\nKonu: YNT: Sipariş',
  fa: 'از: Ann Lee <ann@example.com>\nتاریخ: ۳ آوریل ۲۰۲۴\nبه: Shop <shop@example.com>\nموضوع: سفارش',
  ar: 'من: Ann Lee <ann@example.com>\nتم الإرسال: 03/أبريل/2024 16:19\nإلى: Shop <shop@example.com>\nالموضوع: الطلب',
  ko: '보낸 사람: Ann Lee <ann@example.com>\n보낸 날짜: 2024년 4월 3일 수요일 오후 4:19\n받는 사람: Shop <shop@example.com>\n제목: RE: 주문',
  ja: '差出人: Ann Lee <ann@example.com>\n送信日時: 2024年4月3日 16:19\n宛先: Shop <shop@example.com>\n件名: RE: 注文',
  zh: '发件人: Ann Lee <ann@example.com>\n发送时间: 2024年4月3日 16:19\n收件人: Shop <shop@example.com>\n主题: 回复: 订单',
};

const mailAds: Record<string, string[]> = {
  en: [
    'Sent from my iPhone',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Sent from my Samsung Galaxy smartphone.',
    'Sent from Yahoo Mail on Android',
    'Sent with Proton Mail secure email.',
    'Sent from Mail for Windows 10',
    'Sent via the Samsung Galaxy S21, an AT&T 5G smartphone',
    'Sent from Yahoo Mail: Search, Organize, Conquer',
    'Secured with Tuta Mail',
  ],
  de: [
    'Von meinem iPhone gesendet',
    'Gesendet von Outlook für Android',
    'Gesendet von Mail für Windows 10',
    'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
    'Holen Sie sich Outlook für iOS',
  ],
  fr: [
    'Envoyé de mon iPhone',
    'Télécharger Outlook pour iOS',
    'Envoyé depuis mon appareil Galaxy',
    "Envoyé à partir d'Outlook",
  ],
  es: ['Enviado desde mi iPhone', 'Obtener Outlook para iOS', 'Enviado desde Correo para Windows 10'],
  it: ['Inviato da iPhone', 'Ottieni Outlook per Android', 'Inviato dal mio Galaxy'],
  pt: ['Enviado do meu iPhone', 'Obter o Outlook para iOS', 'Enviado via iPhone'],
  nl: ['Verstuurd vanaf mijn iPhone', 'Outlook voor Android downloaden', 'Verzonden vanuit Mail voor Windows 10'],
  sv: ['Skickat från min iPhone', 'Hämta Outlook för iOS', 'Skaffa Outlook för Android'],
  da: ['Sendt fra min iPhone', 'Hent Outlook til Android'],
  no: ['Sendt fra min iPhone', 'Skaff deg Outlook for iOS'],
  fi: ['Lähetetty iPhonesta', 'Hanki Outlook for Android'],
  pl: ['Wysłane z iPhone’a', 'Pobierz aplikację Outlook dla systemu iOS', 'Wysłano z telefonu Samsung'],
  cs: ['Odesláno z iPhonu', 'Získat Outlook pro Android'],
  ro: ['Trimis de pe iPhone-ul meu', 'Obțineți Outlook pentru iOS'],
  ru: [
    'Отправлено с iPhone',
    'Отправлено из мобильной Почты Mail.ru',
    'Отправлено из Яндекс.Почты',
    'Получить Outlook для Android',
  ],
  uk: ['Надіслано з iPhone', 'Отримати Outlook для iOS'],
  tr: ['iPhone’umdan gönderildi', "iOS için Outlook'u edinin", "Samsung Galaxy'den gönderildi"],
  fa: ['ارسال شده از iPhone من', 'ارسال‌شده از iPhone', 'از آیفون من ارسال شد'],
  ar: ['أُرسلت من الـ iPhone', 'الحصول على Outlook لـ iOS'],
  ko: ['나의 iPhone에서 보냄', 'Galaxy에서 보냄', 'iOS용 Outlook 받기', 'Android용 Outlook 가져오기'],
  ja: [
    'iPhoneから送信',
    'Outlook for iOS を入手',
    'Android 版 Outlook をダウンロード',
    'Yahoo!メール for Android で送信',
  ],
  zh: ['发自我的iPhone', '從我的 iPhone 傳送', '获取 Outlook for iOS', '发自我的手机'],
};

describe('what the person wrote', () => {
  for (const [language, lines] of Object.entries(attributions)) {
    for (const line of lines) {
      it(`stands above a quotation (${language}): ${line}`, () => {
        const split = splitReply({ text: `${said}\n\n${line}\n\n${quotation}\n`, html: null, subject: 'Re: Order' });
        expect(split.text).toBe(said);
        expect(split.rest).toContain(line.slice(0, 12).replace(/[\u202a-\u202e]/g, ''));
      });
      it(`stands above a broken line and text without marks (${language}): ${line}`, () => {
        const at = line.lastIndexOf(' ', Math.floor(line.length * 0.7));
        const broken = at > 0 ? `${line.slice(0, at)}\n${line.slice(at + 1)}` : line;
        const split = splitReply({
          text: `${said}\n\n${broken}\n\nGuten Tag\nund mehr\n`,
          html: null,
          subject: 'Re: Order',
        });
        expect(split.text).toBe(said);
      });
    }
  }

  for (const [language, block] of Object.entries(headerBlocks)) {
    it(`stands above the header lines of Outlook (${language})`, () => {
      const split = splitReply({ text: `${said}\n\n${block}\n\nGuten Tag\n`, html: null, subject: 'AW: Order' });
      expect(split.text).toBe(said);
    });
    it(`stands above them in HTML without a plain part (${language})`, () => {
      const rows = block
        .split('\n')
        .map((row) =>
          row.replace(
            /^([^:：]+[:：])(.*)$/,
            (_, head: string, value: string) => `<b>${head}</b>${value.replace(/</g, '&lt;')}`,
          ),
        );
      const html = `<div class="WordSection1"><p class="MsoNormal">Ja, das passt.<br>Danke!</p><p class="MsoNormal">&nbsp;</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${rows.join('<br>')}</p></div><p>Guten Tag</p></div>`;
      expect(splitReply({ text: null, html, subject: 'AW: Order' }).text).toBe(said);
    });
  }

  for (const [language, lines] of Object.entries(mailAds)) {
    for (const line of lines) {
      it(`is without what the program adds (${language}): ${line}`, () => {
        expect(splitReply({ text: `${said}\n\n${line}\n`, html: null, subject: null })).toMatchObject({
          text: said,
          rest: line,
        });
        expect(
          splitReply({
            text: `${said}\n\n${line}\n\nOn 04/02/2024 06:26 PM, Ann wrote:\n> Hi\n`,
            html: null,
            subject: null,
          }).text,
        ).toBe(said);
      });
    }
  }

  it('is kept when it only sounds like a signature', () => {
    const text = 'Hello\n\nSent from my old phone, which I returned, the parcel is yours.';
    expect(splitReply({ text, html: null, subject: null })).toEqual({
      text,
      rest: null,
      forwarded: null,
      quoted: false,
    });
  });

  it('keeps answers between quotations with the line that names the other', () => {
    const text = 'On 04/02/2024 06:26 PM, Ann wrote:\n> When?\n\nTomorrow.\n\n> Where?\n\nHere.\n';
    const split = splitReply({ text, html: null, subject: null });
    expect(split.text).toBe('On 04/02/2024 06:26 PM, Ann wrote:\n\nTomorrow.\n\nHere.');
    expect(split.rest).toContain('> Where?');
  });

  it('keeps an answer below the whole quotation', () => {
    expect(
      splitReply({ text: 'Am 03.04.2024 um 16:19 schrieb Ann:\n> Wann?\n\nMorgen.', html: null, subject: null }).text,
    ).toBe('Morgen.');
  });

  for (const [mark, name] of [
    ['---------- Forwarded message ---------', 'Gmail'],
    ['Begin forwarded message:', 'Apple Mail'],
    ['-------- Weitergeleitete Nachricht --------', 'Thunderbird, de'],
    ['-------- Пересылаемое сообщение --------', 'Yandex'],
    ['---------- 转发的邮件 ----------', 'Gmail, zh'],
    ['---------- پیام هدایت شده ----------', 'Gmail, fa'],
  ]) {
    it(`holds a forwarded letter whole (${name})`, () => {
      const text = `Please see below.\n\n${mark}\nFrom: Bob <bob@example.org>\nDate: Mon, 1 Apr 2024\nSubject: Broken\nTo: me@example.com\n\nIt is broken.`;
      const split = splitReply({ text, html: null, subject: 'Fwd: Broken' });
      expect(split.text).toBe(text);
      expect(split.forwarded).toEqual({ from: 'Bob <bob@example.org>' });
    });
  }

  it('holds a letter that Outlook forwarded, by its subject', () => {
    const text = `FYI\n\n${headerBlocks.de}\n\nGuten Tag`;
    expect(splitReply({ text, html: null, subject: 'WG: Bestellung' })).toMatchObject({ text, rest: null });
  });

  for (const [program, html] of Object.entries({
    Gmail:
      '<div dir="ltr">Yes<div>Thanks</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Am Mi., 3. Apr. 2024 schrieb Ann:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">Hello</blockquote></div>',
    'Apple Mail':
      '<html><body>Yes<div>Thanks</div><div><br><blockquote type="cite"><div>On 3 Apr 2024, at 16:19, Ann &lt;ann@example.com&gt; wrote:</div><br><div>Hello</div></blockquote></div></body></html>',
    'Outlook on the web':
      '<div style="font-family:Calibri">Yes<br>Thanks</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>Xx:</b> Ann<br><b>Yy:</b> 3</div><div>Hello</div>',
    Yahoo:
      '<div><div dir="ltr">Yes</div><div>Thanks</div></div><div id="ydp1yahoo_quoted_12" class="yahoo_quoted"><div>On Wednesday Ann wrote:</div><div>Hello</div></div>',
    Thunderbird:
      '<p>Yes<br>Thanks</p><div class="moz-cite-prefix">Am 03.04.24 um 16:19 schrieb Ann:<br></div><blockquote type="cite" cite="mid:x">Hello</blockquote><div class="moz-signature">-- <br>Bob</div>',
    Proton:
      '<div>Yes<br></div><div>Thanks</div><div class="protonmail_signature_block"><div>Sent with Proton</div></div><div class="protonmail_quote">On Wednesday Ann wrote:<blockquote class="protonmail_quote" type="cite">Hello</blockquote></div>',
    Yandex:
      '<div>Yes</div><div>Thanks</div><div> </div><div>03.04.2024, 16:19, "Ann" &lt;ann@example.com&gt;:</div><blockquote><p>Hello</p></blockquote>',
    'Mail.ru':
      '<HTML><BODY><p>Yes</p><p>Thanks</p><br>Среда, 3 апреля 2024, 16:19 +03:00 от Ann &lt;ann@example.com&gt;:<br><blockquote style="border-left:1px solid #0857A6">Hello</blockquote></BODY></HTML>',
    'Outlook on a telephone':
      '<div dir="ltr">Yes</div><div>Thanks</div><div id="ms-outlook-mobile-signature">Get Outlook</div><div id="mail-editor-reference-message-container"><b>Od:</b> Ann<div>Hello</div></div>',
  })) {
    it(`is found by the markup of ${program}`, () => {
      const split = splitReply({ text: null, html, subject: 'Re: x' });
      expect(split.text.split(/\s+/).join(' ')).toBe('Yes Thanks');
      expect(split.rest).toContain('Hello');
    });
  }

  it('comes from the HTML when the plain part has no marks at all', () => {
    const split = splitReply({
      text: 'Yes\n\nOd: Ann\nHello',
      html: '<div>Yes</div><div id="divRplyFwdMsg"><b>Od:</b> Ann</div><div>Hello</div>',
      subject: 'Re: x',
    });
    expect(split.text).toBe('Yes');
  });

  it('loses contact lines below a closing and keeps the name', () => {
    const text =
      'It works now.\n\nBest regards\nAnn Lee\n\nSales Manager\nTel: +44 20 7946 0000\nann@example.com\nwww.example.com';
    expect(splitReply({ text, html: null, subject: null })).toMatchObject({
      text: 'It works now.\n\nBest regards\nAnn Lee',
    });
  });

  it('is never folded away whole', () => {
    expect(splitReply({ text: 'Sent from my iPhone', html: null, subject: null })).toMatchObject({
      text: 'Sent from my iPhone',
      rest: null,
    });
    expect(splitReply({ text: '> only this', html: null, subject: null }).text).not.toBe('');
  });
});
