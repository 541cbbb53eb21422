import { DateTime } from 'luxon';
import type { OfferRow, ProductRow, RuleRow, StoreRow } from '../catalogue/rows.ts';
import type { IndexedPassage } from '../knowledge/index/passageTerms.ts';
import { dayText, moment, offerText, productText, ruleText, storeText } from './answer/facts.ts';
import type { Citation } from './schema.ts';
import type { SpokenLanguage } from './understand/lexicon.ts';
import type { EvidenceReader } from './verify.ts';

/** The rows an answer may have used, as the database has them. */
export interface EvidenceRows {
  products: ReadonlyMap<string, ProductRow>;
  offers: ReadonlyMap<string, OfferRow>;
  stores: ReadonlyMap<string, StoreRow>;
  rules: ReadonlyMap<string, RuleRow>;
  passage(id: string): IndexedPassage | undefined;
  /** Look-ups answered for this very question. */
  lookups?: ReadonlyMap<string, string>;
}

/** Reads evidence from rows; an offer's times stand there too as the answer would write them. */
export function evidenceReader(rows: EvidenceRows, now: Date, language: SpokenLanguage): EvidenceReader {
  return (citation: Citation) => {
    switch (citation.kind) {
      case 'product':
        return textOf(rows.products.get(citation.id), productText);
      case 'store':
        return textOf(rows.stores.get(citation.id), storeText);
      case 'rule':
        return textOf(rows.rules.get(citation.id), ruleText);
      case 'passage': {
        const passage = rows.passage(citation.id);
        return passage && passage.articleId === citation.articleId ? passage.text : null;
      }
      case 'answer':
        // What a colleague said once is no evidence: such an answer is only proposed, never verified.
        return null;
      case 'lookup':
        return rows.lookups?.get(citation.id) ?? null;
      case 'offer': {
        const offer = rows.offers.get(citation.id);
        if (!offer) return null;
        const store = rows.stores.get(offer.storeId);
        const product = rows.products.get(offer.productId);
        const zone = store?.timezone ?? 'UTC';
        const until = offer.validUntil ? dayText(DateTime.fromJSDate(offer.validUntil, { zone }), language) : '';
        return [
          offerText(offer),
          product?.name ?? '',
          store?.name ?? '',
          moment(offer.asOf, now, zone, language),
          until,
        ].join('\n');
      }
    }
  };
}

function textOf<T>(row: T | undefined, text: (row: T) => string): string | null {
  return row === undefined ? null : text(row);
}
