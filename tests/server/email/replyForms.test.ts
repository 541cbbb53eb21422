import { describe, expect, it } from 'vitest';
import { splitReply } from '../../../server/channels/email/reply/reply.ts';
import { attributionForms, bareAttributions } from '../../support/mail/attributions.ts';
import { quotedHeaders } from '../../support/mail/quotedHeaders.ts';

const said = 'Ja, das passt.\nDanke!';

/** A letter as text and as HTML, in the ways that programs lay it out around `line`. */
function letters(line: string, onlyMarked = false): { text: string | null; html: string | null }[] {
  const broken = (at: number) => {
    const rows: string[] = [];
    for (const word of line.split(' ')) {
      const row = rows[rows.length - 1];
      if (row === undefined || row.length + word.length > at) rows.push(word);
      else rows[rows.length - 1] = `${row} ${word}`;
    }
    return rows.join('\n');
  };
  // A line with a rule in it is short, and programs do not break it.
  const breaks = !/\n|^[->]{3}/.test(line);
  const escaped = line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replaceAll('\n', '<br>');
  const marked = [
    `${said}\n\n${line}\n\n> Guten Tag\n> mehr\n`,
    `${said}\n${line}\n> Guten Tag\n`,
    `${said}\n\n${line
      .split('\n')
      .map((row) => `> ${row}`)
      .join('\n')}\n>\n> Guten Tag\n`,
    `${said}\n\n-- \nBob\nShop\n\n${line}\n\n> Guten Tag\n`,
    ...(breaks ? [`${said}\n\n${broken(60)}\n> Guten Tag\n`, `${said}\n\n${broken(42)}\n\n> Guten Tag`] : []),
  ];
  const unmarked = [
    `${said}\n\n${line}\n\nGuten Tag\nmehr\n`,
    `${said}\n${line}\nGuten Tag\nmehr\n`.replaceAll('\n', '\r\n'),
    `${said}\n\nSent from my iPhone\n\n${line}\n\nGuten Tag\n`,
    ...(!breaks ? [] : [`${said}\n\n${broken(60)}\n\nGuten Tag\n`]),
  ];
  const pages = [
    `<div>Ja, das passt.<br>Danke!</div><div><br></div><div>${escaped}</div><blockquote type="cite"><p>Guten Tag</p></blockquote>`,
    ...(onlyMarked ? [] : [`<p>Ja, das passt.<br>Danke!</p><p>&nbsp;</p><p>${escaped}</p><p>Guten Tag</p>`]),
  ];
  return [
    ...[...marked, ...(onlyMarked ? [] : unmarked)].map((text) => ({ text, html: null })),
    ...pages.map((html) => ({ text: null, html })),
  ];
}

function holds(line: string, onlyMarked = false) {
  for (const letter of letters(line, onlyMarked)) {
    const { text, rest } = splitReply({ ...letter, subject: 'Re: Order' });
    expect(text.split(/\s+/).join(' '), JSON.stringify(letter)).toBe('Ja, das passt. Danke!');
    expect(rest).toContain('Guten Tag');
  }
}

describe('what the person wrote stands above', () => {
  for (const [program, lines] of Object.entries(attributionForms))
    for (const line of lines) it(`the line of ${program}: ${line}`, () => holds(line));
  for (const line of bareAttributions) it(`a quotation and ${line}`, () => holds(line, true));
  for (const [program, header] of Object.entries(quotedHeaders))
    it(`the header lines of ${program}`, () => holds(header, /^>\s?\p{L}/mu.test(header)));
});

describe('a letter is kept whole', () => {
  for (const body of [
    'Hallo,\n\nam 02.04.2013 um 13:00 schrieb ich Ihnen folgendes:\n- Punkt eins\n- Punkt zwei\n\nBitte antworten.',
    'Hello,\n\nOn 2 April 2013 at 13:00 your colleague Bob wrote:\n"We will refund you."\nWhere is my refund?',
    'Bonjour,\n\nLe 2 avril 2013, votre collègue a écrit :\n« Nous remboursons »\nOù est mon argent ?',
    'Von: Berlin\nNach: München\nDatum: 3.4.2024\n\nIst das möglich?',
    'Order details\nFrom: Hamburg\nTo: Lyon\nDate: 3 May 2024 10:00\nWeight: 3 kg',
    'Name: Ann Lee\nEmail: ann@example.com\nSubject: Refund\nMessage: where is it?',
    'Hi\n\n--\n\nSecond thing: my phone is broken.\n\n--\n\nThird thing: I moved.\nThe parcel\ngoes\nto\nthe\nnew\naddress\nplease.',
    'I chose Settings > General > About and it says:\nVersion 1.2\n\nWhat now?',
    'Thanks for the message you sent from your phone.\n\nSent from which address, by the way?',
    'Добрый день.\n\nОтправлено вчера: телефон и чехол. Когда придёт?',
    'Enviado desde España el 3 de mayo, ¿cuándo llega?',
    'Envoyé de Paris hier par Colissimo, numéro 123. Où est-il ?',
    'Hello,\nthe invoice is from 03.04.2024, 16:19, and it says: 30 EUR.\nI paid.',
    'Betreff: Rechnung 123\n\nSehr geehrte Damen und Herren,\nbitte senden Sie mir die Rechnung.',
    'Subject: refund\nDate: 3 May 2024\nDear Sirs,\nI want my money back.',
    'Send the parcel\nTo: Ann Lee\nMain Street 5\nFrom: Bob Ray, bob@example.com\nthank you',
    'The original message\nwas lost. Send again please.',
    'See the table:\n---- red ----\na\n---- blue ----\nb',
    'On Mon I called: nobody answered. On Tue I wrote: nobody answered.',
    'Mit freundlichen Grüßen\nAnn Lee',
  ]) {
    it(JSON.stringify(body.slice(0, 70)), () => {
      expect(splitReply({ text: body, html: null, subject: 'Order' })).toMatchObject({ text: body, rest: null });
      const html = body
        .split('\n')
        .map((row) => `<div>${row || '<br>'}</div>`)
        .join('');
      const fromHtml = splitReply({ text: null, html: `<html><body>${html}</body></html>`, subject: 'Order' });
      expect(fromHtml.text.split(/\s+/)).toEqual(body.split(/\s+/));
    });
  }
});
