import { unitOf } from '../../catalogue/attributes.ts';
import type { ProductRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';

/** Something a product has, by whatever name a catalogue's columns give it. */
export interface AttributeConcept {
  /** Columns that hold it, the best first. */
  keys: readonly string[];
  /** A word that says "yes" when the product's `features` or `network` list holds it. */
  listed?: RegExp;
  /** Lists whose silence says "no": a network that is not listed is not supported. */
  exhaustive?: readonly string[];
  /** Other columns that hold it, by the beginning of their names. */
  like?: RegExp;
  /** A bigger number is the better one. */
  more?: true;
  /** What is told where nothing else is known: the battery's size for how long it lasts. */
  orElse?: string;
}

/** Columns that say how long a battery lasts. */
const LASTING =
  /^(battery|play(back)?|talk|run|listening|music|video|standby|autonomy|endurance)_?(life|time|runtime|playback|autonomy|endurance|hours?|h|days|d|min|minutes)(_|$)|^(autonomy|endurance|runtime)$/;

export const CONCEPTS: Readonly<Record<string, AttributeConcept>> = {
  battery: {
    keys: ['battery_mah', 'battery_capacity_mah', 'battery_capacity', 'capacity_mah', 'battery'],
    like: LASTING,
    more: true,
  },
  batteryLife: { keys: [], like: LASTING, orElse: 'battery', more: true },
  display: {
    keys: ['display_in', 'display', 'screen_in', 'screen'],
    like: /^(screen|display|diagonal)_?(size|diagonal|inch(es)?|in)?(_(in|inch(es)?))?$/,
    more: true,
  },
  resolution: { keys: ['display_resolution', 'resolution'] },
  displayTech: { keys: ['display_tech', 'display_type', 'panel'] },
  refresh: { keys: ['refresh_hz', 'refresh_rate_hz', 'refresh_rate', 'display_hz'], like: /refresh/, more: true },
  storage: {
    keys: ['storage_gb', 'storage', 'memory_gb'],
    like: /^(internal|ssd|rom|disk|hdd|flash)_?(storage|memory|size)?_?(gb|tb)?$/,
    orElse: 'capacity',
    more: true,
  },
  ram: { keys: ['ram_gb', 'ram'], more: true },
  nfc: { keys: ['nfc'], listed: /\bnfc\b/i },
  esim: { keys: ['esim'], listed: /\be-?sim\b/i },
  fiveG: { keys: ['5g', 'five_g', 'network'], listed: /\b5g\b/i, exhaustive: ['network'] },
  fourG: { keys: ['4g', 'lte', 'network'], listed: /\b(4g|lte)\b/i, exhaustive: ['network'] },
  network: { keys: ['network', 'bands'] },
  dualSim: { keys: ['dual_sim'], listed: /\bdual[ -]?sim\b/i },
  colour: { keys: ['colour', 'color'] },
  weight: { keys: ['weight_g', 'weight'], like: /^(weight|mass)_?/ },
  dimensions: { keys: ['height_mm', 'width_mm', 'depth_mm', 'dimensions'] },
  ip: {
    keys: ['ip_rating', 'ip', 'water_resistance'],
    like: /^(water|splash|sweat)_?(proof|resist|rating|protect)|^(ip_(class|code|protection)|ingress)/,
    listed: /\bip\d\d\b|water/i,
  },
  port: { keys: ['port', 'ports', 'connector', 'usb'] },
  wireless: {
    keys: ['wireless_charging', 'standard'],
    like: /^(wireless|inductive|qi)_?charg|^(qi2?|magsafe)$/,
    listed: /wireless charging|\bqi\b|magsafe/i,
  },
  camera: {
    keys: ['camera_mp', 'cameras', 'camera'],
    like: /^(main|rear|back|primary|photo)_?(cam(era)?)(_|$)|^camera_(main|rear|back)/,
    more: true,
  },
  frontCamera: { keys: [], like: /^(front|selfie)_?cam|^camera_(front|selfie)/, more: true },
  charging: {
    keys: ['charging_w'],
    like: /^(fast_|quick_|max_|wired_)*charg(e|ing)(_(speed|power|rate|wattage|max))*(_w|_watts?)?$/,
    listed: /(fast|quick|super).?charg/i,
    orElse: 'power',
    more: true,
  },
  soc: { keys: ['soc', 'processor', 'chipset', 'cpu'], like: /^(processor|chipset|cpu|chip)(_|$)/ },
  gpu: { keys: ['gpu'] },
  released: { keys: ['released', 'release_date', 'year'] },
  bluetooth: { keys: ['bluetooth'], like: /^(bluetooth|bt)_?(version)?$/, listed: /bluetooth/i },
  wifi: { keys: ['wifi', 'wi-fi'], listed: /wi-?fi/i },
  sdcard: {
    keys: ['sdcard', 'sd_card', 'microsd'],
    like: /^(micro_?sd|sd|memory)_?(card|slot)|^card_?(slot|reader)|expandable/,
    listed: /micro ?sd|sd card/i,
  },
  jack: {
    keys: ['headphone_jack', 'jack'],
    like: /(^|_)jack(_|$)|^(headphones?|audio|aux|earphones?)_?(port|socket|out(put)?|in(put)?)/,
    listed: /3\.5 ?mm|jack/i,
  },
  fingerprint: { keys: ['fingerprint'], like: /finger/, listed: /fingerprint|touch id/i },
  radio: { keys: ['fm_radio', 'radio'], listed: /\bradio\b/i },
  gps: { keys: ['gps'], like: /^(gps|gnss)(_|$)/, listed: /(^|\W)(a-)?gps\b/i },
  infrared: { keys: ['infrared', 'ir_blaster'], listed: /\bir blaster|infrared/i },
  removable: {
    keys: ['battery_removable'],
    like: /^(user_)?(removable|replaceable|swappable|exchangeable)_?batt|^batt(ery)?_?(removable|replaceable|swappable|exchangeable)/,
  },
  os: { keys: ['os', 'operating_system', 'android', 'ios'] },
  noise: { keys: [], like: /^(noise|sound|loudness)_?(level|db|pressure)|^loudness/ },
  capacity: { keys: [], like: /^(capacity|volume|basket)_?/, more: true },
  waterTank: { keys: [], like: /^(water_)?(tank|reservoir)_?/, more: true },
  dustBin: { keys: [], like: /^(dust_?(bin|box|container|bag))_?/, more: true },
  hdmi: { keys: [], like: /^hdmi_?/, listed: /hdmi/i, more: true },
  suction: { keys: [], like: /^suction_?/, more: true },
  pressure: { keys: [], like: /^(pump_)?pressure_?/, more: true },
  noiseCancelling: { keys: [], like: /^(anc$|(active_)?noise_?cancel)/, listed: /noise.?cancel|\banc\b/i },
  energyClass: { keys: [], like: /^energy_?(class|rating|label|efficiency)/ },
  power: {
    keys: ['power_w', 'charging_w', 'watt', 'power'],
    like: /^(max_|output_|total_|rated_)?(power|output|wattage)(_output|_max)?(_w|_watts?)?$/,
    more: true,
  },
  length: { keys: ['length_m', 'cable_length_m', 'length'], like: /^(cable_|cord_)?length(_|$)/ },
  modelNumber: { keys: ['model_numbers', 'model_number', 'mpn'] },
  dataGb: { keys: ['data_gb', 'data_limit_gb'], orElse: 'storage', more: true },
  minutes: { keys: ['minutes'], more: true },
  sms: { keys: ['sms'], more: true },
  priceMonth: { keys: ['price_month', 'price_per_month'] },
  extraGb: { keys: ['extra_gb_price', 'data_refueling_price_per_gb'] },
  contract: { keys: ['contract_months', 'contract'] },
};

/** What the catalogue knows of a concept for one product; null when it says nothing. */
export type Knowledge =
  | { kind: 'value'; key: string; value: string | number | readonly string[] }
  | { kind: 'yes' | 'no'; key: string; evidence: string }
  | null;

export function knownOf(product: ProductRow, concept: string): Knowledge {
  const own = ownKnowledge(product, concept);
  const other = CONCEPTS[concept]?.orElse;
  return own ?? (other ? knownOf(product, other) : null);
}

/** The concept that a column belongs to by its name, else the column itself. */
export function conceptOfKey(key: string): string {
  const found = Object.entries(CONCEPTS).find(([, { keys, like }]) => keys.includes(key) || like?.test(key));
  return found?.[0] ?? key;
}

function ownKnowledge(product: ProductRow, concept: string): Knowledge {
  const meaning: AttributeConcept = CONCEPTS[concept] ?? { keys: [concept] };
  const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
  const alike = Object.keys(product.attributes).filter((key) => meaning.like?.test(key) && !meaning.keys.includes(key));
  for (const key of [...meaning.keys, ...alike]) {
    const value = product.attributes[key];
    if (value === undefined) continue;
    if (typeof value === 'boolean')
      return { kind: value ? 'yes' : 'no', key, evidence: `${key}: ${value ? 'yes' : 'no'}` };
    if (meaning.listed && (isList(value) || meaning.exhaustive?.includes(key))) {
      const list = isList(value) ? value : [String(value)];
      const entry = list.find((item) => meaning.listed?.test(item));
      if (entry) return { kind: 'yes', key, evidence: `${key}: ${entry}` };
      if (meaning.exhaustive?.includes(key)) return { kind: 'no', key, evidence: `${key}: ${list.join(', ')}` };
      continue;
    }
    if (typeof value === 'string' && SAYS_YES.test(value)) return { kind: 'yes', key, evidence: `${key}: ${value}` };
    if (typeof value === 'string' && SAYS_NO.test(value)) return { kind: 'no', key, evidence: `${key}: ${value}` };
    return { kind: 'value', key, value };
  }
  const features = product.attributes.features;
  if (meaning.listed && isList(features)) {
    const entry = features.find((item) => meaning.listed?.test(item));
    if (entry) return { kind: 'yes', key: 'features', evidence: `features: ${entry}` };
  }
  return null;
}

/** What a column that has no type of its own says with one word. */
const SAYS_YES = /^(yes|да|da|ja|sí|si|بله|예|네)$/i;
const SAYS_NO = /^(no|none|нет|nu|nej|nein|خیر|아니요|없음)$/i;

/** Attribute columns of the catalogue that no concept covers, named in a question by their own words ("soc", "sar value"). */
export function columnConcepts(products: readonly ProductRow[]): Map<string, string[]> {
  const covered = new Set([...Object.values(CONCEPTS).flatMap((concept) => concept.keys), ...INTERNAL]);
  const columns = new Map<string, string[]>();
  for (const product of products)
    for (const key of Object.keys(product.attributes))
      if (!covered.has(key) && !columns.has(key) && conceptOfKey(key) === key) {
        const words = fold(key)
          .split(/[^\p{L}\d]+/u)
          .filter(Boolean);
        const named = words.length > 1 && unitOf(key) ? words.slice(0, -1) : words;
        if (named.join('').length >= 3) columns.set(key, named);
      }
  return columns;
}

/** Columns about the row and not the thing. */
const INTERNAL = [
  'price',
  'currency',
  'price_is',
  'source',
  'licence',
  'stock',
  'model',
  'features',
  'availability',
  'condition',
  'compatible_with',
  'restock_eta',
  'warranty',
  'returns',
  'shipping',
  'operator',
];

/** A figure to compare by; null when the value holds none. Of "4/6 GB" the largest. */
export function figureOf(knowledge: Knowledge): number | null {
  if (knowledge?.kind !== 'value') return null;
  if (typeof knowledge.value === 'number') return knowledge.value;
  const text = typeof knowledge.value === 'string' ? knowledge.value : (knowledge.value[0] ?? '');
  const head = /^[\d/ .,gtbmahp"]+/i.exec(text)?.[0] ?? '';
  const numbers = [...head.matchAll(/(\d+(?:[.,]\d+)?)\s*(tb)?/gi)].map(
    (match) => Number((match[1] as string).replace(',', '.')) * (match[2] ? 1024 : 1),
  );
  return numbers.length > 0 ? Math.max(...numbers) : null;
}
