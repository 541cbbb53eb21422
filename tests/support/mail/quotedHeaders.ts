/**
 * What stands between an answer and the letter it answers when a mail program repeats that letter's header: marks,
 * labels and layout of programs and providers of many countries. The people are ours.
 */
export const quotedHeaders: Record<string, string> = {
  'Outlook Express':
    '----- Original Message ----- \nFrom: "Ann Lee" <ann@example.com>\nTo: "Shop" <shop@example.com>\nSent: Tuesday, April 02, 2013 1:00 PM\nSubject: Order',
  'Outlook Express, de':
    '----- Original Message ----- \nVon: Ann Lee\nAn: Shop\nGesendet: Dienstag, 2. April 2013 13:00\nBetreff: Bestellung',
  'Outlook, plain':
    '-----Original Message-----\nFrom: Ann Lee [mailto:ann@example.com] \nSent: Tuesday, April 02, 2013 1:00 PM\nTo: Shop\nSubject: Order',
  'Outlook, plain, de':
    '-----Ursprüngliche Nachricht-----\nVon: Ann Lee [mailto:ann@example.com] \nGesendet: Dienstag, 2. April 2013 13:00\nAn: Shop\nBetreff: Bestellung',
  'Outlook, plain, fr':
    "-----Message d'origine-----\nDe : Ann Lee [mailto:ann@example.com] \nEnvoyé : mardi 2 avril 2013 13:00\nÀ : Shop\nObjet : Commande",
  'Outlook, plain, es':
    '-----Mensaje original-----\nDe: Ann Lee [mailto:ann@example.com] \nEnviado el: martes, 02 de abril de 2013 13:00\nPara: Shop\nAsunto: Pedido',
  'Outlook, plain, it':
    '-----Messaggio originale-----\nDa: Ann Lee [mailto:ann@example.com] \nInviato: martedì 2 aprile 2013 13:00\nA: Shop\nOggetto: Ordine',
  'Outlook, plain, pt':
    '-----Mensagem original-----\nDe: Ann Lee [mailto:ann@example.com] \nEnviada em: terça-feira, 2 de abril de 2013 13:00\nPara: Shop\nAssunto: Pedido',
  'Outlook, plain, nl':
    '-----Oorspronkelijk bericht-----\nVan: Ann Lee [mailto:ann@example.com] \nVerzonden: dinsdag 2 april 2013 13:00\nAan: Shop\nOnderwerp: Bestelling',
  'Outlook, plain, sv':
    '-----Ursprungligt meddelande-----\nFrån: Ann Lee [mailto:ann@example.com] \nSkickat: den 2 april 2013 13:00\nTill: Shop\nÄmne: Order',
  'Outlook, plain, da':
    '-----Oprindelig meddelelse-----\nFra: Ann Lee [mailto:ann@example.com] \nSendt: 2. april 2013 13:00\nTil: Shop\nEmne: Ordre',
  'Outlook, plain, no':
    '-----Opprinnelig melding-----\nFra: Ann Lee [mailto:ann@example.com] \nSendt: 2. april 2013 13:00\nTil: Shop\nEmne: Ordre',
  'Outlook, plain, fi':
    '-----Alkuperäinen viesti-----\nLähettäjä: Ann Lee [mailto:ann@example.com] \nLähetetty: 2. huhtikuuta 2013 13:00\nVastaanottaja: Shop\nAihe: Tilaus',
  'Outlook, plain, pl':
    '-----Oryginalna wiadomość-----\nOd: Ann Lee [mailto:ann@example.com] \nWysłano: 2 kwietnia 2013 13:00\nDo: Shop\nTemat: Zamówienie',
  'Outlook, plain, cs':
    '-----Původní zpráva-----\nOd: Ann Lee [mailto:ann@example.com] \nOdesláno: 2. dubna 2013 13:00\nKomu: Shop\nPředmět: Objednávka',
  'Outlook, plain, sk':
    '-----Pôvodná správa-----\nOd: Ann Lee [mailto:ann@example.com] \nOdoslané: 2. apríla 2013 13:00\nKomu: Shop\nPredmet: Objednávka',
  'Outlook, plain, hu':
    '-----Eredeti üzenet-----\nFeladó: Ann Lee [mailto:ann@example.com] \nKüldve: 2013. április 2. 13:00\nCímzett: Shop\nTárgy: Rendelés',
  'Outlook, plain, ro':
    '-----Mesaj original-----\nDe la: Ann Lee [mailto:ann@example.com] \nTrimis: 2 aprilie 2013 13:00\nCătre: Shop\nSubiect: Comandă',
  'Outlook, plain, ru':
    '-----Исходное сообщение-----\nОт: Ann Lee [mailto:ann@example.com] \nОтправлено: 2 апреля 2013 г. 13:00\nКому: Shop\nТема: Заказ',
  'Outlook, plain, uk':
    '-----Вихідне повідомлення-----\nВід: Ann Lee [mailto:ann@example.com] \nНадіслано: 2 квітня 2013 р. 13:00\nКому: Shop\nТема: Замовлення',
  'Outlook, plain, tr':
    '-----Özgün İleti-----\nKimden: Ann Lee [mailto:ann@example.com] \nGönderildi: 2 Nisan 2013 Salı 13:00\nKime: Shop\nKonu: Sipariş',
  'Outlook, plain, ko':
    '-----Original Message-----\n보낸 사람: Ann Lee [mailto:ann@example.com] \n보낸 날짜: 2013년 4월 2일 화요일 오후 1:00\n받는 사람: Shop\n제목: 주문',
  'Outlook, zh-CN':
    '-----邮件原件-----\n发件人: Ann Lee [mailto:ann@example.com] \n发送时间: 2013年4月2日 13:00\n收件人: Shop\n主题: 订单',
  'Outlook, zh-TW': '寄件者: Ann Lee [mailto:ann@example.com] \n寄件日期: 2013年4月2日 13:00\n收件者: Shop\n主旨: 訂單',
  'Outlook, zh-HK': '從: Ann Lee <ann@example.com>\n傳送日期: 2013年4月2日 13:00\n收件人: Shop\n主旨: 訂單',
  'Outlook, ar':
    '-----الرسالة الأصلية-----\nمن: Ann Lee <ann@example.com>\nتاريخ الإرسال: 02/أبريل/2013 13:00\nإلى: Shop\nالموضوع: الطلب',
  'Outlook for Mac':
    'From: Ann Lee <ann@example.com>\nDate: Tuesday, 2 April 2013 at 13:00\nTo: Shop <shop@example.com>\nSubject: Order',
  'Outlook for Mac, de':
    'Von: Ann Lee <ann@example.com>\nDatum: Dienstag, 2. April 2013 um 13:00\nAn: Shop <shop@example.com>\nBetreff: Bestellung',
  'Outlook for Mac, nl':
    'Van: Ann Lee <ann@example.com>\nDatum: dinsdag 2 april 2013 om 13:00\nAan: Shop <shop@example.com>\nOnderwerp: Bestelling',
  'Outlook for Mac, fr':
    'De : Ann Lee <ann@example.com>\nDate : mardi, 2 avril 2013 à 13:00\nÀ : Shop <shop@example.com>\nObjet : Commande',
  'Outlook.com':
    '________________________________\nFrom: Ann Lee <ann@example.com>\nSent: 02 April 2013 13:00\nTo: Shop <shop@example.com>\nSubject: Order',
  'Outlook.com, es':
    '________________________________\nDe: Ann Lee <ann@example.com>\nEnviado: martes, 2 de abril de 2013 13:00\nPara: Shop <shop@example.com>\nAsunto: Pedido',
  Hotmail:
    '________________________________\n> Date: Tue, 2 Apr 2013 13:00:22 +0200\n> From: ann@example.com\n> To: shop@example.com\n> Subject: Order',
  'Hotmail, bare': 'Date: Tue, 2 Apr 2013 13:00:22 +0200\nFrom: ann@example.com\nTo: shop@example.com\nSubject: Order',
  'Hotmail, Subject first':
    'Subject: Re: Order\nFrom: ann@example.com\nDate: Tue, 2 Apr 2013 13:00:22 +0200\nTo: shop@example.com',
  'Windows Phone': 'From: Ann Lee\nSent: ‎02/‎04/‎2013 13:00\nTo: Shop\nSubject: Order',
  'Windows Phone, fr': 'De : Ann Lee\nEnvoyé : ‎02/‎04/‎2013 13:00\nÀ : Shop\nObjet : Commande',
  'Windows Phone, de': 'Von: Ann Lee\nGesendet: ‎02.‎04.‎2013 13:00\nAn: Shop\nBetreff: Bestellung',
  'Windows Mail': 'Von: Ann Lee\nGesendet: Dienstag, 2. April 2013 13:00\nAn: Shop',
  GMX: 'Gesendet: Dienstag, 02. April 2013 um 13:00 Uhr\nVon: "Ann Lee" <ann@example.com>\nAn: shop@example.com\nBetreff: Bestellung',
  'GMX, plain of former years':
    '-------- Original-Nachricht --------\n> Datum: Tue, 02 Apr 2013 13:00:22 +0200\n> Von: Ann Lee <ann@example.com>\n> An: shop@example.com\n> Betreff: Bestellung',
  'T-Online':
    '-----Original-Nachricht-----\nBetreff: Bestellung\nDatum: 2013-04-02T13:00:22+0200\nVon: "Ann Lee" <ann@example.com>\nAn: "shop@example.com" <shop@example.com>',
  Freenet:
    '--- Ursprüngliche Nachricht ---\nVon: Ann Lee <ann@example.com>\nDatum: 02.04.2013 13:00:22\nAn: shop@example.com\nBetreff: Bestellung',
  Orange:
    '> Message du 02/04/13 13:00\n> De : "Ann Lee" <ann@example.com>\n> A : shop@example.com\n> Copie à : \n> Objet : Commande\n> ',
  'La Poste':
    'Message du 02/04/13 13:00\nDe : "Ann Lee" <ann@example.com>\nA : shop@example.com\nCopie à :\nObjet : Commande',
  SFR: '========================================\nMessage du : 02/04/2013 13:00\nDe : "Ann Lee " <ann@example.com>\nA : shop@example.com\nCopie à :\nSujet : Commande',
  'Free (Zimbra), fr':
    '----- Mail original -----\nDe: "Ann Lee" <ann@example.com>\nÀ: shop@example.com\nEnvoyé: Mardi 2 Avril 2013 13:00:22\nObjet: Commande',
  'Zimbra, de':
    '----- Ursprüngliche Mail -----\nVon: "Ann Lee" <ann@example.com>\nAn: shop@example.com\nGesendet: Dienstag, 2. April 2013 13:00:22\nBetreff: Bestellung',
  'Zimbra, it':
    '----- Messaggio originale -----\nDa: "Ann Lee" <ann@example.com>\nA: shop@example.com\nInviato: Martedì, 2 aprile 2013 13:00:22\nOggetto: Ordine',
  Libero:
    '----Messaggio originale----\nDa: ann@example.com\nData: 02/04/2013 13.00\nA: <shop@example.com>\nOgg: Ordine',
  Tiscali:
    '-----Messaggio originale-----\nDa: ann@example.com\nInviato il: 02-apr-2013 13.00\nA: shop@example.com\nOggetto: Ordine',
  UOL: 'De: "Ann Lee" <ann@example.com>\nEnviada: 2013/04/02 13:00:22\nPara: shop@example.com\nAssunto: Pedido',
  Terra: '---- Mensagem Original ----\nDe: Ann Lee\nData: 02/04/2013 13:00\nPara: shop@example.com\nAssunto: Pedido',
  Seznam:
    '---------- Původní e-mail ----------\nOd: Ann Lee <ann@example.com>\nKomu: shop@example.com\nDatum: 2. 4. 2013 13:00:22\nPředmět: Objednávka',
  'Seznam of former years':
    '---------- Původní zpráva ----------\nOd: Ann Lee <ann@example.com>\nDatum: 2. 4. 2013\nPředmět: Objednávka',
  'Centrum.cz':
    '______________________________________________________________\n> Od: "Ann Lee" <ann@example.com>\n> Komu: shop@example.com\n> Datum: 02.04.2013 13:00\n> Předmět: Objednávka\n>',
  Interia:
    'Od: "Ann Lee" <ann@example.com>\nDo: shop@example.com;\nWysłane: 13:00 Wtorek 2013-04-02\nTemat: Zamówienie',
  Onet: 'Dnia 2 kwietnia 2013 13:00 Ann Lee <ann@example.com> napisał(a):',
  'Lotus Notes':
    '-----Ann Lee <ann@example.com> wrote: -----\nTo: shop@example.com\nFrom: Ann Lee <ann@example.com>\nDate: 04/02/2013 01:00PM\nSubject: Order',
  'Lotus Notes, de':
    '-----Ann Lee <ann@example.com> schrieb: -----\nAn: shop@example.com\nVon: Ann Lee <ann@example.com>\nDatum: 02.04.2013 13:00\nBetreff: Bestellung',
  'Lotus Notes 6':
    'From:   Ann Lee <ann@example.com>\nTo:     shop@example.com, \nDate:   02.04.2013 13:00\nSubject:        Order',
  'Lotus Notes 9':
    'From:\tAnn Lee <ann@example.com>\nTo:\tshop@example.com\nCc:\tBob/Example@Example\nDate:\t04/02/2013 01:00 PM\nSubject:\tOrder\nSent by:\tann@example.com',
  GroupWise: '>>> Ann Lee <ann@example.com> 02.04.2013 13:00 >>>',
  'GroupWise with a name': '>>> "Ann Lee" <ann@example.com> 4/2/2013 1:00 PM >>>',
  'GroupWise 2012': '>>> On 4/2/2013 at 1:00 PM, in message <515A@example.com>, Ann Lee\n<ann@example.com> wrote:',
  Proton: '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Tuesday, April 2, 2013 1:00 PM, Ann Lee <ann@example.com> wrote:\n',
  'Proton of 2022':
    '------- Original Message -------\nOn Tuesday, April 2nd, 2013 at 1:00 PM, Ann Lee <ann@example.com> wrote:\n\n',
  Samsung:
    '-------- Original message --------\nFrom: Ann Lee <ann@example.com> \nDate: 02/04/2013  13:00  (GMT+01:00) \nTo: shop@example.com \nSubject: Order ',
  'Samsung, de':
    '-------- Ursprüngliche Nachricht --------\nVon: Ann Lee <ann@example.com> \nDatum: 02.04.13  13:00  (GMT+01:00) \nAn: shop@example.com \nBetreff: Bestellung ',
  'Samsung, fr':
    "-------- Message d'origine --------\nDe : Ann Lee <ann@example.com> \nDate : 02/04/2013  13:00  (GMT+01:00) \nÀ : shop@example.com \nObjet : Commande ",
  'Samsung, es':
    '-------- Mensaje original --------\nDe: Ann Lee <ann@example.com> \nFecha: 2/4/13  13:00  (GMT+01:00) \nA: shop@example.com \nAsunto: Pedido ',
  'Samsung, pl':
    '-------- Oryginalna wiadomość --------\nOd: Ann Lee <ann@example.com> \nData: 02.04.2013  13:00  (GMT+01:00) \nDo: shop@example.com \nTemat: Zamówienie ',
  'Samsung, ru':
    '-------- Исходное сообщение --------\nОт: Ann Lee <ann@example.com> \nДата: 02.04.2013  13:00  (GMT+03:00) \nКому: shop@example.com \nТема: Заказ ',
  'Samsung, uk':
    '-------- Оригінальне повідомлення --------\nВід: Ann Lee <ann@example.com> \nДата: 02.04.13  13:00  (GMT+02:00) \nКому: shop@example.com \nТема: Замовлення ',
  'Samsung, tr':
    '-------- Orijinal mesaj --------\nKimden: Ann Lee <ann@example.com> \nTarih: 2.04.2013  13:00  (GMT+03:00) \nAlıcı: shop@example.com \nKonu: Sipariş ',
  'Samsung, nl':
    '-------- Oorspronkelijk bericht --------\nVan: Ann Lee <ann@example.com> \nDatum: 02-04-13  13:00  (GMT+01:00) \nAan: shop@example.com \nOnderwerp: Bestelling ',
  'Samsung, sv':
    '-------- Originalmeddelande --------\nFrån: Ann Lee <ann@example.com> \nDatum: 2013-04-02  13:00  (GMT+01:00) \nTill: shop@example.com \nÄmne: Order ',
  'Samsung, da':
    '-------- Oprindelig besked --------\nFra: Ann Lee <ann@example.com> \nDato: 02.04.2013  13.00  (GMT+01:00) \nTil: shop@example.com \nEmne: Ordre ',
  'Samsung, no':
    '-------- Opprinnelig melding --------\nFra: Ann Lee <ann@example.com> \nDato: 02.04.2013  13:00  (GMT+01:00) \nTil: shop@example.com \nEmne: Ordre ',
  'Samsung, fi':
    '-------- Alkuperäinen viesti --------\nLähettäjä: Ann Lee <ann@example.com> \nPäivämäärä: 2.4.2013  13.00  (GMT+02:00) \nSaaja: shop@example.com \nAihe: Tilaus ',
  'Samsung, it':
    '-------- Messaggio originale --------\nDa: Ann Lee <ann@example.com> \nData: 02/04/13  13:00  (GMT+01:00) \nA: shop@example.com \nOggetto: Ordine ',
  'Samsung, pt':
    '-------- Mensagem original --------\nDe : Ann Lee <ann@example.com> \nData: 02/04/2013  13:00  (GMT-03:00) \nPara: shop@example.com \nAssunto: Pedido ',
  'Samsung, ro':
    '-------- Mesaj original --------\nDe la: Ann Lee <ann@example.com> \nData: 02.04.2013  13:00  (GMT+02:00) \nCătre: shop@example.com \nSubiect: Comandă ',
  'Samsung, cs':
    '-------- Původní zpráva --------\nOd: Ann Lee <ann@example.com> \nDatum: 02.04.13  13:00  (GMT+01:00) \nKomu: shop@example.com \nPředmět: Objednávka ',
  'Samsung, ko':
    '-------- 원본 이메일 --------\n발신: Ann Lee <ann@example.com> \n날짜: 13/4/2  오후 1:00  (GMT+09:00) \n받은 사람: shop@example.com \n제목: 주문 ',
  'Samsung, ja':
    '-------- 元のメッセージ --------\nFrom: Ann Lee <ann@example.com> \n日付:2013/04/02 13:00 (GMT+09:00) \nTo: shop@example.com \n件名: 注文 ',
  'Samsung, zh':
    '-------- 原始邮件 --------\n发件人： Ann Lee <ann@example.com> \n日期： 13/4/2 下午1:00 (GMT+08:00) \n收件人： shop@example.com \n主题： 订单 ',
  'Samsung, ar':
    '-------- رسالة أصلية --------\nمن: Ann Lee <ann@example.com> \nتاريخ: 2/4/13 1:00 م (GMT+03:00) \nإلى: shop@example.com \nموضوع: الطلب ',
  'Samsung, fa':
    '-------- پیام اصلی --------\nاز: Ann Lee <ann@example.com> \nتاریخ: ۲۰۱۳/۴/۲ ۱۳:۰۰ (GMT+03:30) \nبه: shop@example.com \nموضوع: سفارش ',
  HTC: '----- Reply message -----\nFrom: "Ann Lee" <ann@example.com>\nTo: <shop@example.com>\nSubject: Order\nDate: Tue, Apr 2, 2013 13:00',
  'HTC, de':
    '----- Reply message -----\nVon: "Ann Lee" <ann@example.com>\nAn: <shop@example.com>\nBetreff: Bestellung\nDatum: Di., Apr. 2, 2013 13:00',
  BlackBerry:
    '-----Original Message-----\nFrom: Ann Lee <ann@example.com>\nDate: Tue, 2 Apr 2013 13:00:22 \nTo: <shop@example.com>\nReply-To: ann@example.com\nSubject: Order',
  'BlackBerry 10, fr':
    '  Message original  \nDe: Ann Lee\nEnvoyé: mardi 2 avril 2013 13:00\nÀ: shop@example.com\nObjet: Commande',
  'BlackBerry 10':
    '  Original Message  \nFrom: Ann Lee\nSent: Tuesday, 2 April 2013 13:00\nTo: shop@example.com\nSubject: Order',
  QQ: '------------------ 原始邮件 ------------------\n发件人: "Ann Lee"<ann@example.com>;\n发送时间: 2013年4月2日(星期二) 下午1:00\n收件人: "shop"<shop@example.com>;\n\n主题: 订单',
  'QQ, en':
    '------------------ Original ------------------\nFrom:  "Ann Lee"<ann@example.com>;\nDate:  Tue, Apr 2, 2013 01:00 PM\nTo:  "shop"<shop@example.com>;\n\nSubject:  Order',
  NetEase:
    '---- Replied Message ----\n| From | Ann Lee<ann@example.com> |\n| Date | 04/02/2013 13:00 |\n| To | shop@example.com<shop@example.com> |\n| Subject | Order |',
  'NetEase, zh':
    '---- 回复的原邮件 ----\n| 发件人 | Ann Lee<ann@example.com> |\n| 日期 | 2013年04月02日 13:00 |\n| 收件人 | shop@example.com<shop@example.com> |\n| 主题 | 订单 |',
  Aliyun:
    '------------------------------------------------------------------\n发件人：Ann Lee <ann@example.com>\n发送时间：2013年4月2日(星期二) 13:00\n收件人：shop <shop@example.com>\n主　题：订单',
  Sina: '----- 原始邮件 -----\n发件人：Ann Lee <ann@example.com>\n收件人：shop@example.com\n主题：订单\n日期：2013年04月02日 13点00分',
  Naver:
    '-----Original Message-----\nFrom: "Ann Lee"<ann@example.com> \nTo: <shop@example.com>; \nCc: \nSent: 2013-04-02 (화) 13:00:22 (GMT+09:00)\nSubject: 주문',
  Daum: '--------- 원본 메일 ---------\n\n보낸사람: Ann Lee <ann@example.com>\n받는사람 : shop@example.com\n날짜: 2013년 4월 02일 화요일, 13시 00분 22초 +0900\n제목: 주문',
  Nate: '-----[ 원본 메시지 ]-----\n보낸사람 : Ann Lee <ann@example.com>\n받는사람 : shop@example.com\n보낸날짜 : 2013-04-02 13:00:22\n제목 : 주문',
  'Yahoo, of former years':
    '________________________________\n From: Ann Lee <ann@example.com>\nTo: shop@example.com \nSent: Tuesday, April 2, 2013 1:00 PM\nSubject: Order',
  'Yahoo, de':
    '________________________________\n Von: Ann Lee <ann@example.com>\nAn: shop@example.com \nGesendet: 13:00 Dienstag, 2.April 2013\nBetreff: Bestellung',
  'Yahoo, fr':
    '________________________________\n De : Ann Lee <ann@example.com>\nÀ : shop@example.com \nEnvoyé le : Mardi 2 avril 2013 13h00\nObjet : Commande',
  'Yahoo, ja':
    '----- Original Message -----\n>From: Ann Lee <ann@example.com>\n>To: shop@example.com \n>Date: 2013/4/2, Tue 13:00\n>Subject: 注文',
  Rambler:
    '-------- Исходное сообщение --------\nТема: Заказ\nДата: 02.04.2013 13:00\nОт: Ann Lee <ann@example.com>\nКому: shop@example.com',
  'Meta.ua':
    '--- Оригінальне повідомлення ---\nВід кого: "Ann Lee" <ann@example.com>\nКому: shop@example.com\nДата: 2 квітня 2013, 13:00:22\nТема: Замовлення',
  'Ukr.net': '--- Исходное сообщение ---\nОт кого: "Ann Lee" <ann@example.com>\nДата: 2 апреля 2013, 13:00:22',
  'i.ua': '---Оригінал---\nВід: "Ann Lee" <ann@example.com>\nДата: 2 Квітень, 13:00\nТема: Замовлення',
  Zoho: '---- On Tue, 02 Apr 2013 13:00:22 +0200 Ann Lee <ann@example.com> wrote ----',
  'Zoho of former years':
    '============ Original message ============\nFrom: Ann Lee <ann@example.com>\nTo: shop@example.com\nDate: Tue, 02 Apr 2013 13:00:22 +0200\nSubject: Order',
  Tutanota: 'Apr 2, 2013, 13:00 by ann@example.com:',
  'Tutanota, de': '2. Apr. 2013, 13:00 von ann@example.com:',
  Fastmail: 'On Tue, 2 Apr 2013, at 1:00 PM, Ann Lee wrote:',
  'a line for replies': '##- Please type your reply above this line -##',
  'a line for replies, de': '---- Bitte antworten Sie oberhalb dieser Linie ----',
  'a line for replies, fr': '--- Répondez au-dessus de cette ligne ---',
  'Apple Mail, header kept':
    'From: Ann Lee <ann@example.com>\nSubject: Order\nDate: 2 April 2013 at 13:00:22 CEST\nTo: shop@example.com',
};
