import { UNLIMITED } from '../../catalogue/attributes.ts';
import type { ProductRow } from '../../catalogue/rows.ts';
import { cheapestTariffs, isTariff, type TariffCost, type Usage } from '../../catalogue/tariffCost.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import { say } from '../phrases/table.ts';
import { planCurrencies } from './currency.ts';
import { type Asking, abstain, type Draft, type Outcome } from './draft.ts';
import { attributeText, citeProduct, countryText, money, plainNumber } from './facts.ts';

/** "Which plan for 6 GB, 300 minutes and a week in Turkey?": monthly totals, the three cheapest, what was assumed. */
export async function answerTariff(asking: Asking): Promise<Outcome> {
  const usage = usageOf(asking);
  const plans = asking.world.products.filter(isTariff);
  const { unlimited, attributes, question } = asking.asked;
  // "Unlimited calls and 15 GB": what is counted besides is not without end.
  const ofCalls = unlimited && (CALLS.test(fold(question)) || attributes.includes('minutes'));
  const ofData = usage.gb === undefined && DATA.test(fold(question));
  const fitting = unlimited
    ? plans.filter(
        (plan) =>
          (ofCalls
            ? plan.attributes.minutes === UNLIMITED && (!ofData || plan.attributes.data_gb === UNLIMITED)
            : plan.attributes.data_gb === UNLIMITED) ||
          (usage.minutes !== undefined && plan.attributes.minutes === UNLIMITED),
      )
    : plans;
  const costs = cheapestTariffs(fitting, usage).slice(0, 3);
  if (costs.length === 0) return abstain(asking.t.tariffNone, []);
  const draft: Draft = {
    text: '',
    citations: [],
    confidence: 0.88,
    derived: [],
    echoed: usageFigures(usage),
    products: costs.map((cost) => cost.plan),
  };
  const currencyOf = await planCurrencies(asking, draft.products);
  const lines = costs.map((cost) => costLine(asking, draft, cost, currencyOf(cost.plan)));
  const said = usageText(asking, usage);
  draft.text = [`${lines.join('; ')}.`, said ? say(asking.t.tariffAssumed, { usage: said }) : '']
    .filter(Boolean)
    .join(' ');
  return { kind: 'answer', draft };
}

const CALLS =
  /\b(calls?|calling|minutes?|apel|convorbir|minute|samtal|ringa|minuter|anruf|telefonier|minuten|llamad|minutos)|звон|минут|통화|تماس|مکالمه|دقیقه/;
const DATA = /\b(data|internet|net|surf|daten|datos|date|trafic)\b|интернет|трафик|гиг|데이터|اینترنت|دیتا/;

/** "What does roaming in Turkey cost?": the daily terms of the named plan, else of each plan that has them. */
export async function answerRoaming(asking: Asking, plan: ProductRow | null): Promise<Outcome> {
  const country = asking.asked.country;
  if (!country) return abstain(asking.t.notUnderstood);
  const plans = plan ? [plan] : asking.world.products.filter(isTariff);
  const draft: Draft = { text: '', citations: [], confidence: 0.9, products: [] };
  const currencyOf = await planCurrencies(asking, plans);
  const lines = plans.flatMap((one) => roamingLine(asking, draft, one, country, currencyOf(one))).slice(0, 5);
  if (lines.length === 0)
    return abstain(say(asking.t.roamingNone, { country: countryText(country, asking.language) }), plan ? [plan] : []);
  const days = usageOf(asking).days;
  draft.text = `${lines.join('; ')}.`;
  if (days && plan) addTripTotal(draft, plan, country, days, currencyOf(plan));
  return { kind: 'answer', draft };
}

function addTripTotal(draft: Draft, plan: ProductRow, country: string, days: number, currency: string): void {
  const price = plan.attributes[`roaming_${country}_day_price`];
  if (typeof price !== 'number') return;
  const total = Math.round(days * price * 100) / 100;
  draft.text += ` ${plainNumber(days)} × ${plainNumber(price)} = ${money(total, currency)}.`;
  draft.derived = [{ value: total, terms: [{ times: days, amount: price }] }];
  draft.echoed = [plainNumber(days)];
}

function usageOf(asking: Asking): Usage {
  const numbers = asking.asked.numbers;
  const first = (unit: string) => numbers.find((number) => number.unit === unit)?.value;
  const usage: Usage = {};
  const [minutes, gb, sms, days] = [first('minutes'), first('gb'), first('sms'), first('days')];
  if (minutes !== undefined) usage.minutes = minutes;
  if (gb !== undefined) usage.gb = gb;
  if (sms !== undefined) usage.sms = sms;
  if (asking.asked.country) {
    usage.country = asking.asked.country;
    usage.days = days ?? WEEK_DAYS;
  }
  return usage;
}

/** "A week in Turkey" is said without a number; it is told among what was assumed. */
const WEEK_DAYS = 7;

function costLine(asking: Asking, draft: Draft, cost: TariffCost, currency: string): string {
  const { plan, total, terms } = cost;
  const words: string[] = [];
  for (const term of terms) {
    draft.citations.push(citeProduct(plan, attributeText(term.key, plan.attributes[term.key] ?? term.price)));
    if (term.key === 'price_month') words.push(money(term.price, currency));
    else {
      draft.echoed = [...(draft.echoed ?? []), plainNumber(term.times)];
      words.push(
        term.key.startsWith('roaming')
          ? `${term.times} × ${money(term.price, currency)}`
          : say(asking.t.extra, { amount: plainNumber(term.times), price: money(term.price, currency) }),
      );
    }
  }
  for (const key of ['data_gb', 'minutes', 'sms'])
    if (plan.attributes[key] !== undefined)
      draft.citations.push(citeProduct(plan, attributeText(key, plan.attributes[key])));
  draft.derived?.push({ value: total, terms: terms.map((term) => ({ times: term.times, amount: term.price })) });
  return say(asking.t.tariffLine, {
    plan: plan.name,
    total: money(total, currency),
    terms: [words.join(' + '), ...includedWords(asking, plan)].join('; '),
  });
}

function includedWords(asking: Asking, plan: ProductRow): string[] {
  const units: [string, string][] = [
    ['data_gb', 'GB'],
    ['minutes', 'min'],
    ['sms', 'SMS'],
  ];
  const words = units.flatMap(([key, unit]) => {
    const value = plan.attributes[key];
    return value === undefined ? [] : [`${value === UNLIMITED ? asking.t.unlimited : String(value)} ${unit}`];
  });
  return words.length > 0 ? [words.join(', ')] : [];
}

function roamingLine(asking: Asking, draft: Draft, plan: ProductRow, country: string, currency: string): string[] {
  const key = `roaming_${country}_day_price`;
  const price = plan.attributes[key];
  if (typeof price !== 'number') return [];
  draft.citations.push(citeProduct(plan, attributeText(key, price)));
  draft.products.push(plan);
  const gb = plan.attributes[`roaming_${country}_day_gb`];
  if (gb !== undefined) draft.citations.push(citeProduct(plan, attributeText(`roaming_${country}_day_gb`, gb)));
  const line = say(asking.t.roamingLine, {
    plan: plan.name,
    country: countryText(country, asking.language),
    price: money(price, currency),
  });
  return [gb === undefined ? line : `${line}, ${String(gb)} GB ${asking.t.perDay}`];
}

function usageText(asking: Asking, usage: Usage): string {
  return [
    usage.gb === undefined ? '' : `${plainNumber(usage.gb)} GB`,
    usage.minutes === undefined ? '' : `${plainNumber(usage.minutes)} min`,
    usage.sms === undefined ? '' : `${plainNumber(usage.sms)} SMS`,
    usage.country
      ? `${countryText(usage.country, asking.language)}, ${say(asking.t.ruleDays, { days: plainNumber(usage.days ?? WEEK_DAYS) })}`
      : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function usageFigures(usage: Usage): string[] {
  return [usage.gb, usage.minutes, usage.sms, usage.days].flatMap((value) =>
    value === undefined ? [] : [plainNumber(value)],
  );
}
