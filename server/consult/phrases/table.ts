/** Sentences of an answer in one language; `{name}` is filled in. Facts come only through what is filled in. */
export interface PhraseTable {
  costs: string;
  costsAt: string;
  costsFromTo: string;
  validUntil: string;
  noPriceToday: string;
  inStockAt: string;
  fewOf: string;
  outAt: string;
  outEverywhere: string;
  alsoAt: string;
  stockUnknownAt: string;
  onDisplay: string;
  asOf: string;
  stale: string;
  openUntil: string;
  openOn: string;
  closedOn: string;
  closedNow: string;
  opens: string;
  opensOn: string;
  hoursUnknown: string;
  addressOf: string;
  phoneOf: string;
  today: string;
  tomorrow: string;
  attributeIs: string;
  has: string;
  hasNot: string;
  attributeUnknown: string;
  absent: string;
  noOffer: string;
  which: string;
  versus: string;
  noCommon: string;
  found: string;
  notFound: string;
  instead: string;
  noAnalogue: string;
  backOn: string;
  backUnknown: string;
  fits: string;
  fitsList: string;
  fitsNot: string;
  fitsUnknown: string;
  tariffLine: string;
  tariffAssumed: string;
  tariffPlain: string;
  tariffNone: string;
  extra: string;
  unlimited: string;
  roamingLine: string;
  roamingNone: string;
  ruleMonths: string;
  ruleDays: string;
  rulePrice: string;
  untilDay: string;
  overSince: string;
  askPurchase: string;
  ruleNone: string;
  sameDisplay: string;
  moreRam: string;
  lessRam: string;
  moreStorage: string;
  moreBattery: string;
  lessBattery: string;
  cheaper: string;
  dearer: string;
  inStore: string;
  notUnderstood: string;
  nothingFound: string;
  needsPerson: string;
  /** Small talk, or something told: nothing is asked. */
  asksNothing: string;
  needsProof: string;
  /** Asks for the number of an order or repair. */
  needsReference: string;
  /** The store's own system did not answer. */
  lookupFailed: string;
  from: string;
  perMonth: string;
  perDay: string;
  yes: string;
  no: string;
}

/** Fills a sentence; a name that is not given stays out. */
export function say(template: string, values: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
