import { describe, expect, it } from 'vitest';
import { classify } from '../../../server/channels/email/kind/classify.ts';
import { parseLetter } from '../../../server/channels/email/mime/parse.ts';
import { plainLetter } from '../../support/letters.ts';

const own = { addresses: new Set(['shop@example.org']), isOwnMessageId: () => false };
const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

interface Words {
  from?: string;
  subject: string;
  headers?: string;
  text: string;
}

async function kindOf({ from, subject, headers, text }: Words) {
  return classify(await parseLetter(plainLetter({ from, subject: word(subject), headers, text })), own);
}

const nullSender = 'Return-Path: <>\r\n';

/** How servers tell in words that a letter could not be delivered; the address and status that have to be read from it. */
const bounces: Record<string, Words & { status?: string }> = {
  qmail: {
    from: 'MAILER-DAEMON@mx.example.net',
    subject: 'failure notice',
    headers: nullSender,
    text: "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<bob@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <shop@example.org>\n",
    status: '5.1.1',
  },
  'Exim, without a machine part': {
    from: 'Mail Delivery System <Mailer-Daemon@mx.example.net>',
    subject: 'Mail delivery failed: returning message to sender',
    headers: 'Auto-Submitted: auto-replied\r\n',
    text: 'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  bob@example.net\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<bob@example.net>:\n    552 5.2.2 mailbox full\n',
    status: '5.2.2',
  },
  'Exchange 5.5': {
    from: 'System Administrator <postmaster@example.net>',
    subject: 'Undeliverable: Your order',
    text: 'Your message\n\n  To:      bob@example.net\n  Subject: Your order\n\ndid not reach the following recipient(s):\n\nbob@example.net on Tue, 2 Apr 2024 13:00:00 +0200\n    The recipient name is not recognized\n    550 5.1.1 User unknown\n',
  },
  'Exchange, de': {
    from: 'Microsoft Outlook <postmaster@example.net>',
    subject: 'Unzustellbar: Ihre Bestellung',
    headers: 'X-MS-Exchange-Message-Is-Ndr:\r\n',
    text: 'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nbob@example.net\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\n550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\n',
  },
  Yahoo: {
    from: 'MAILER-DAEMON@yahoo.com',
    subject: 'Failure Notice',
    headers: nullSender,
    text: 'Sorry, we were unable to deliver your message to the following address.\n\n<bob@example.net>:\n554: delivery error: dd This user does not have an account (bob@example.net) [0]\n',
  },
  'Yahoo, without the sender': {
    from: 'MAILER-DAEMON@yahoo.com',
    subject: 'Failure Notice',
    text: 'Sorry, we were unable to deliver your message to the following address.\n\n<bob@example.net>:\n550 5.1.1 unknown\n',
  },
  Postfix: {
    from: 'Mail Delivery System <MAILER-DAEMON@mx.example.net>',
    subject: 'Undelivered Mail Returned to Sender',
    headers: nullSender,
    text: "This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<bob@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1\n    <bob@example.net>: Recipient address rejected: User unknown\n",
    status: '5.1.1',
  },
  'Sendmail of former years': {
    from: 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>',
    subject: 'Returned mail: User unknown',
    headers: nullSender,
    text: '   ----- The following addresses had permanent fatal errors -----\n<bob@example.net>\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> RCPT To:<bob@example.net>\n<<< 550 5.1.1 <bob@example.net>... User unknown\n550 5.1.1 <bob@example.net>... User unknown\n',
    status: '5.1.1',
  },
  Mimecast: {
    from: 'postmaster@mimecast.example.net',
    subject: '[Postmaster] Email Delivery Failure',
    headers: nullSender,
    text: 'This is a delivery failure notification message indicating that an email you addressed to email address:\n-- bob@example.net\n\ncould not be delivered. The problem appears to be:\n-- Recipient email address is possibly incorrect\n\nAdditional information follows:\n-- 5.1.1 User Unknown\n',
  },
  'Lotus Domino': {
    from: 'Postmaster@example.net',
    subject: 'DELIVERY FAILURE: User bob (bob@example.net) not listed in Domino Directory',
    headers: nullSender,
    text: 'Your message\n\n  Subject: Your order\n\nwas not delivered to:\n\n  bob@example.net\n\nbecause:\n\n  User bob (bob@example.net) not listed in Domino Directory\n',
  },
  'QQ, zh': {
    from: 'PostMaster@qq.com',
    subject: '来自qq.com的退信',
    headers: nullSender,
    text: '抱歉，您的邮件被退回来了……\n收件人邮件地址（bob@example.net）不存在，邮件无法送达。\n550 Mailbox not found\n',
  },
  'NetEase, zh': {
    from: 'Postmaster@163.com',
    subject: '系统退信',
    headers: nullSender,
    text: '抱歉，您的邮件被退回来了！\n收件人：bob@example.net\n退信原因：550 User not found\n',
  },
  'docomo, ja': {
    from: 'mailer-daemon@example.net',
    subject: 'Mail System Error - Returned Mail',
    text: '次のメールは、宛先不明のため送信できませんでした。\n<bob@example.net>\n550 Unknown user\n',
  },
  'Naver, ko': {
    from: 'mailer-daemon@example.net',
    subject: '[발송 실패 안내] bob@example.net로 메일이 전송되지 못하였습니다.',
    text: '메일 전송에 실패했습니다.\nbob@example.net\n550 5.1.1 No such user\n',
  },
  'Mail.ru': {
    from: 'mailer-daemon@corp.mail.ru',
    subject: 'Mail failure.',
    headers: nullSender,
    text: 'This message was created automatically by mail delivery software.\nYour message could not be delivered to the following address:\n\n<bob@example.net>: user not found. Reason: 550 Message was not accepted\n',
  },
  OpenSMTPD: {
    from: 'Mailer Daemon <MAILER-DAEMON@mx.example.net>',
    subject: 'Delivery status notification: failed',
    headers: nullSender,
    text: 'Hi!\n\nThis is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\nAn error has occurred while attempting to deliver a message for\nthe following list of recipients:\n\nbob@example.net: 550 5.1.1 Invalid recipient\n',
  },
};

/** Notices of absence that no header marks, by language: what Outlook calls them and what people write. */
const absences: Words[] = [
  { subject: 'Automatic reply: Your order', text: 'x' },
  {
    subject: 'Abwesend: Ihre Bestellung',
    text: 'Ich bin bis zum 5. Mai nicht im Büro. In dringenden Fällen wenden Sie sich an Bob.',
  },
  {
    subject: 'Re: Your order',
    headers: nullSender,
    text: 'I am out of the office until 5 May. For urgent matters please contact Bob.',
  },
  {
    subject: 'Re: Your order',
    headers: 'Precedence: bulk\r\n',
    text: 'I am on vacation and will be back on 5 May, with limited access to mail.',
  },
  { subject: 'On vacation', text: 'I am on vacation until 5 May. I will get back to you as soon as possible.' },
  { subject: 'Absence', text: "Je suis absente jusqu'au 5 mai. En mon absence contactez Bob." },
  { subject: 'Fuori ufficio', text: 'Sono fuori ufficio fino al 5 maggio, per urgenze rivolgersi a Bob.' },
  { subject: 'De vacaciones', text: 'Estoy de vacaciones hasta el 5 de mayo.' },
  { subject: 'Ausente', text: 'Estarei ausente até 5 de maio. Em caso de urgência contacte o Bob.' },
  { subject: 'Afwezig', text: 'Ik ben tot 5 mei afwezig. Neem contact op met Bob.' },
  { subject: 'Semester', text: 'Jag är på semester till 5 maj. Kontakta Bob om det är brådskande.' },
  { subject: 'Ferie', text: 'Jeg er på ferie til 5. maj. Kontakt Bob hvis det haster.' },
  { subject: 'Lomalla', text: 'Olen lomalla 5.5. saakka.' },
  { subject: 'Urlop', text: 'Jestem na urlopie do 5 maja. W pilnych sprawach proszę o kontakt z Bobem.' },
  { subject: 'Dovolená', text: 'Jsem na dovolené, vrátím se 5. května.' },
  { subject: 'Concediu', text: 'Sunt în concediu până pe 5 mai.' },
  { subject: 'В отпуске', text: 'Я сейчас в отпуске до 5 мая. По срочным вопросам обращайтесь к Бобу.' },
  { subject: 'У відпустці', text: 'Я зараз у відпустці, повернуся 5 травня.' },
  { subject: 'Ofis dışında', text: '5 Mayıs tarihine kadar izindeyim. Acil durumlarda Bob ile iletişime geçin.' },
  { subject: 'مرخصی', text: 'تا تاریخ ۵ مه در مرخصی هستم. برای کار فوری با باب تماس بگیرید.' },
  { subject: 'خارج المكتب', text: 'أنا في إجازة حتى 5 مايو. للأمور العاجلة يرجى التواصل مع بوب.' },
  { subject: '휴가중', text: '5월 5일까지 휴가 중입니다. 급한 일은 Bob에게 연락 바랍니다.' },
  { subject: '休暇中', text: '5月5日まで休暇中です。お急ぎの方はBobまでご連絡ください。' },
  { subject: '休假', text: '我正在休假，5月5日返回。紧急事务请联系Bob。' },
  {
    subject: 'Ticket 12',
    headers: 'Auto-Submitted: auto-generated\r\nIn-Reply-To: <a@example.org>\r\n',
    text: 'We got it',
  },
  { subject: 'Your letter', headers: 'X-POST-MessageClass: 9; Autoresponder\r\n', text: 'x' },
];

/** Persons who write of failures, journeys and absences, or whose software leaves odd headers. */
const persons: Words[] = [
  {
    subject: 'On vacation - lost my phone',
    text: 'I was on vacation in Spain and lost my phone. What does a new one cost?',
  },
  { subject: 'Abwesend: Paket beim Nachbarn?', text: 'Ich war abwesend, wo ist mein Paket?' },
  { subject: 'Urlaub', text: 'Haben Sie ein Handy, das in den USA funktioniert?' },
  { subject: '휴가', text: '여행용 유심이 있나요?' },
  {
    subject: 'Delivery failed again',
    text: 'The courier could not deliver, it was returned to you. Undeliverable, they say!',
  },
  {
    subject: 'Delivery status of my order',
    from: 'Postmaster of Lee Ltd <postmaster@example.com>',
    text: 'When does the parcel arrive?',
  },
  {
    subject: 'Our mail system',
    from: 'System Administrator <admin@example.com>',
    text: 'We need ten phones for our office.',
  },
  { subject: 'Mail delivery', from: 'Ann <ann@example.com>', text: 'Your letter could not be delivered to my house.' },
  {
    subject: 'My order',
    headers: 'X-MS-Exchange-Inbox-Rules-Loop: info@example.com\r\n',
    text: 'Passed on by a rule of Exchange',
  },
  { subject: 'My order', headers: 'X-Auto-Response-Suppress: All\r\n', text: 'Written in a form' },
  { subject: 'My order', headers: nullSender, text: 'Sent by a contact form without a sender' },
  {
    subject: 'Re: Your order',
    headers: 'In-Reply-To: <a@example.org>\r\n',
    text: 'I am on holiday until 5 May, please deliver after that. Is that possible?',
  },
  {
    subject: 'Re: Undelivered Mail Returned to Sender',
    headers: 'In-Reply-To: <a@example.org>\r\n',
    text: 'I got this: 550 5.1.1 user unknown. Help!',
  },
  { subject: 'Auto-submitted photos', headers: 'Auto-Submitted: no\r\n', text: 'Here they are' },
  { subject: 'Мой отпуск', text: 'Хочу купить телефон до отпуска' },
  { subject: '不在票', text: '不在票が入っていました。再配達をお願いします。' },
  { subject: '外出先で使えるWi-Fi', text: 'おすすめはありますか。' },
  {
    subject: 'Warranty',
    headers: 'Precedence: bulk\r\nIn-Reply-To: <a@example.org>\r\n',
    text: 'My firm marks all mail as bulk',
  },
];

describe('a bounce of', () => {
  for (const [server, { status, ...words }] of Object.entries(bounces)) {
    it(server, async () => {
      const { classification, detail } = await kindOf(words);
      expect(classification).toBe('bounce');
      expect(detail?.bounces?.map((one) => one.address)).toEqual(['bob@example.net']);
      if (status) expect(detail?.bounces?.[0]?.status).toBe(status);
    });
  }
});

describe('a notice of absence', () => {
  for (const words of absences)
    it(`${words.subject}: ${words.text.slice(0, 50)}`, async () => {
      expect((await kindOf(words)).classification).toBe('autoReply');
    });
});

describe('a person is a person', () => {
  for (const words of persons)
    it(`${words.subject}: ${words.text.slice(0, 50)}`, async () => {
      expect(await kindOf(words)).toEqual({ classification: 'person', detail: null });
    });
});
