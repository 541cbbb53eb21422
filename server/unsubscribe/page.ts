import { RawAnswer } from '../http/endpoint.ts';
import type { Unwanted } from './link.ts';

interface Words {
  title: string;
  /** What is asked, by the kind of letter. */
  asks: Record<Unwanted['kind'], string>;
  button: string;
  done: string;
}

/** The question whether an address wants no more letters of a kind, with the button that ends them. */
export function askPage(languages: string | undefined, { kind, address }: Unwanted): RawAnswer {
  const said = wordsFor(languages);
  return page(
    said,
    `<p>${said.asks[kind]}</p><p dir="ltr">${escaped(address)}</p><form method="post"><button>${said.button}</button></form>`,
  );
}

/** What the button, or the mail program, brought about. */
export function donePage(languages: string | undefined): RawAnswer {
  const said = wordsFor(languages);
  return page(said, `<p>${said.done}</p>`);
}

const words: Record<string, Words> = {
  en: {
    title: 'Unsubscribe',
    asks: {
      ratings: 'Do you no longer want to be asked how satisfied you were?',
      report: 'Do you no longer want to receive this report?',
    },
    button: 'Unsubscribe',
    done: 'Done. You will get no more of these letters.',
  },
  de: {
    title: 'Abbestellen',
    asks: {
      ratings: 'Möchten Sie nicht mehr gefragt werden, wie zufrieden Sie waren?',
      report: 'Möchten Sie diesen Bericht nicht mehr erhalten?',
    },
    button: 'Abbestellen',
    done: 'Erledigt. Sie erhalten keine solchen Briefe mehr.',
  },
  es: {
    title: 'Darse de baja',
    asks: {
      ratings: '¿Ya no desea que le preguntemos si quedó satisfecho?',
      report: '¿Ya no desea recibir este informe?',
    },
    button: 'Darme de baja',
    done: 'Hecho. Ya no recibirá estas cartas.',
  },
  fa: {
    title: 'لغو دریافت',
    asks: {
      ratings: 'دیگر نمی‌خواهید درباره رضایتتان از شما پرسیده شود؟',
      report: 'دیگر نمی‌خواهید این گزارش را دریافت کنید؟',
    },
    button: 'لغو دریافت',
    done: 'انجام شد. دیگر چنین نامه‌ای برای شما فرستاده نمی‌شود.',
  },
  ko: {
    title: '수신 거부',
    asks: {
      ratings: '만족도 문의를 더 이상 받지 않으시겠습니까?',
      report: '이 보고서를 더 이상 받지 않으시겠습니까?',
    },
    button: '수신 거부',
    done: '처리되었습니다. 이런 메일을 더 이상 보내지 않습니다.',
  },
  ro: {
    title: 'Dezabonare',
    asks: {
      ratings: 'Nu mai doriți să fiți întrebat cât de mulțumit ați fost?',
      report: 'Nu mai doriți să primiți acest raport?',
    },
    button: 'Dezabonare',
    done: 'Gata. Nu veți mai primi astfel de scrisori.',
  },
  ru: {
    title: 'Отписаться',
    asks: {
      ratings: 'Больше не спрашивать, довольны ли вы?',
      report: 'Больше не присылать вам этот отчёт?',
    },
    button: 'Отписаться',
    done: 'Готово. Таких писем вы больше не получите.',
  },
  sv: {
    title: 'Avsluta utskick',
    asks: {
      ratings: 'Vill du inte längre få frågan om hur nöjd du var?',
      report: 'Vill du inte längre få den här rapporten?',
    },
    button: 'Avsluta',
    done: 'Klart. Du får inga fler sådana brev.',
  },
};

/** In the first language of an Accept-Language header that there are words in (browsers name the best first); else English. */
function wordsFor(languages = ''): Words & { lang: string } {
  const wanted = languages.split(',').map((one) => one.trim().toLowerCase().split(/[-;]/)[0] ?? '');
  const lang = wanted.find((one) => Object.hasOwn(words, one)) ?? 'en';
  return { ...(words[lang] as Words), lang };
}

const style =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:28rem;margin:15vh auto 0;padding:0 1.5rem}button{font:inherit;padding:.5rem 1.25rem}';

function page({ lang, title }: { lang: string; title: string }, body: string): RawAnswer {
  const html = `<!doctype html><html lang="${lang}" dir="${lang === 'fa' ? 'rtl' : 'ltr'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><h1>${title}</h1>${body}</html>`;
  return new RawAnswer(html, 'text/html; charset=utf-8', { Vary: 'Accept-Language' });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
