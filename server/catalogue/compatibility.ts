import { fold } from '../knowledge/analysis/fold.ts';
import { isVariantAtom, modelEntry, NOISE } from './modelEntry.ts';
import { nameAtoms } from './nameAtoms.ts';
import type { ProductRow } from './rows.ts';

/** Something that goes with a device. */
export function isAccessory(product: ProductRow): boolean {
  return /accessor|case|cover|charg|cable|glass|protector|adapter|headphone|earphone|earbud|headset|power ?bank|memory|sd card|film|strap|holder|mount|stand/i.test(
    product.category,
  );
}

/** Whether an accessory fits a device, and the words of its row that say so. */
export type Fit = { fits: true; key: string; evidence: string } | { fits: false; key: string; evidence: string } | null;

/**
 * Decides by what the accessory's row says: the models it is made for, then its connector against the device's port,
 * then its wireless standard. Null when nothing is said: that is "not known", never "no".
 */
export function fitOf(accessory: ProductRow, device: ProductRow): Fit {
  const models = listOf(accessory.attributes.compatible_with);
  if (models.length > 0) {
    const match = models.find((model) => isModel(model, device));
    const evidence = `compatible_with: ${(match ? [match] : models).join(', ')}`;
    return { fits: match !== undefined, key: 'compatible_with', evidence };
  }
  const connector = text(accessory.attributes.connector);
  const port = text(device.attributes.port) || listOf(device.attributes.ports).join(' ');
  if (connector && port)
    return { fits: samePlug(connector, port), key: 'connector', evidence: `connector: ${connector}` };
  const standard = text(accessory.attributes.standard);
  const wireless = device.attributes.wireless_charging;
  // A pad of one Qi generation may well charge a device of another: nothing here says so.
  if (standard && typeof wireless === 'string' && /^qi/i.test(standard) && /\bqi/i.test(wireless))
    return fold(wireless)
      .split(/[^\p{L}\d.]+/u)
      .includes(fold(standard))
      ? { fits: true, key: 'standard', evidence: `standard: ${standard}` }
      : null;
  if (standard && typeof wireless === 'string')
    return { fits: fold(wireless).includes(fold(standard)), key: 'standard', evidence: `standard: ${standard}` };
  return null;
}

/** "Galaxy A55" is "Samsung Galaxy A55 5G 256GB Blue"; "iPhone 13" is not "iPhone 13 Pro". */
function isModel(model: string, device: ProductRow): boolean {
  const brand = new Set(nameAtoms(device.brand).map((atom) => atom.text));
  const pieces = (atoms: Iterable<string>) =>
    [...new Set(atoms)]
      .filter((atom) => !brand.has(atom) && !isVariantAtom(atom) && !NOISE.has(atom))
      .sort()
      .join(' ');
  const wanted = pieces(nameAtoms(model.replace(/[([][^)\]]*[)\]]/g, ' ')).map((atom) => atom.text));
  const named =
    typeof device.attributes.model === 'string' ? [device, { ...device, name: device.attributes.model }] : [device];
  return (
    model === device.sku ||
    model === device.groupSku ||
    (wanted !== '' && named.some((one) => pieces(modelEntry(one).core) === wanted))
  );
}

function samePlug(connector: string, port: string): boolean {
  const plug = (value: string) =>
    /usb[- ]?c|type[- ]?c/i.test(value)
      ? 'usb-c'
      : /lightning/i.test(value)
        ? 'lightning'
        : /micro/i.test(value)
          ? 'micro-usb'
          : fold(value);
  return plug(connector) === plug(port);
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string'
    ? value
        .split(/[;,|]/)
        .map((part) => part.trim())
        .filter(Boolean)
    : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : '';
}
