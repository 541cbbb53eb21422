import { fitOf, isAccessory } from '../../catalogue/compatibility.ts';
import { NOISE } from '../../catalogue/modelEntry.ts';
import { nameAtoms } from '../../catalogue/nameAtoms.ts';
import type { ProductRow } from '../../catalogue/rows.ts';
import { fold } from '../../knowledge/analysis/fold.ts';
import type { Found } from '../../knowledge/passageIndex.ts';
import { isOfCategory } from '../understand/kinds.ts';
import { tokenise } from '../understand/quantities.ts';
import { type Asking, absent, type Outcome } from './draft.ts';
import { answerFit } from './fit.ts';
import { answerFromPassages, preferPassage } from './passages.ts';

/** "Can I charge the iPhone 16 with the Lightning charger?": no one product, but a device and a kind of accessory. */
export function goesWith({ asked, world }: Asking): boolean {
  const { categories, question, small, intent } = asked;
  const plug = world.products.some(
    (product) =>
      isAccessory(product) &&
      isSaid(question, String(product.attributes.connector ?? '')) &&
      categories.some((category) => isOfCategory(product, category)),
  );
  if (intent !== 'attribute' || !plug) return false;
  const device = world.devices.find(question, { spent: small });
  return device.kind === 'one' || device.kind === 'several';
}

/** "Does this case fit X, which charger for X?": finds the device and the accessory that are meant. */
export async function compatibility(asking: Asking, found: Found): Promise<Outcome> {
  const { question, mention, small } = asking.asked;
  const device = asking.world.devices.find(question, { spent: small });
  const other = device.kind === 'one' ? null : ofOtherDevice(asking);
  if (other) return answerFit(asking, other.devices, other.accessory);
  const devices = device.kind === 'one' ? [device.product] : device.kind === 'several' ? device.products : [];
  const accessory = asking.world.matcher.find(question, { accept: isAccessory, spent: small });
  const whole =
    accessory.kind === 'one' &&
    accessory.product.id !== devices[0]?.id &&
    (accessory.complete || saysOwnWords(question, accessory.product, devices))
      ? accessory.product
      : null;
  const named = ofBrandSaid(asking, devices) ?? ofPlugSaid(asking, devices) ?? whole;
  if (devices.length === 0 && device.kind === 'absent' && !named) return absent(asking, device);
  if (devices.length === 0 && !named)
    return mention.kind === 'absent' ? absent(asking, mention) : answerFromPassages(asking, found);
  const outcome = await answerFit(asking, devices, named);
  return outcome.kind === 'abstain' ? preferPassage(found, outcome, asking) : outcome;
}

/** "The tempered glass": all that an accessory's name says beside the device it is made for. */
function saysOwnWords(question: string, accessory: ProductRow, devices: readonly ProductRow[]): boolean {
  const of = (text: string) => nameAtoms(text).map((atom) => atom.text);
  const said = new Set(of(question));
  const other = new Set(devices.flatMap((device) => of(`${device.name} ${device.brand}`)));
  const own = of(accessory.name).filter((atom) => !other.has(atom) && !NOISE.has(atom));
  return devices.length > 0 && own.length > 1 && own.every((atom) => said.has(atom));
}

/** "A Lightning charger" for a device that takes none: any one of them tells so. */
function ofPlugSaid(asking: Asking, devices: readonly ProductRow[]): ProductRow | null {
  const { categories, question } = asking.asked;
  const plugs = asking.world.products.filter((product) => {
    const plug = String(product.attributes.connector ?? '');
    return isSaid(question, plug) && categories.some((category) => isOfCategory(product, category));
  });
  const misfit = plugs.every((plug) => devices.some((device) => fitOf(plug, device)?.fits === false));
  return devices.length > 0 && misfit ? (plugs[0] ?? null) : null;
}

/** A plug is named, in whatever script. */
function isSaid(question: string, plug: string): boolean {
  const atoms = nameAtoms(question).map((atom) => atom.text);
  return plug.length >= 3 && `${fold(question)} ${atoms.join(' ')}`.includes(fold(plug));
}

/** "The Spigen case": the one accessory of its kind by a maker that the question names beside the device. */
function ofBrandSaid(asking: Asking, devices: readonly ProductRow[]): ProductRow | null {
  const { categories, question } = asking.asked;
  const own = new Set(devices.map((device) => fold(device.brand)));
  const said = new Set(nameAtoms(question).map((atom) => atom.text));
  const fitting = asking.world.products.filter(
    (product) =>
      isAccessory(product) &&
      asking.asked.brands.includes(fold(product.brand)) &&
      !own.has(fold(product.brand)) &&
      (categories.some((category) => isOfCategory(product, category)) ||
        (categories.length === 0 && asking.asked.byAccessoryMaker)),
  );
  // "The magnetic charger": of several by the maker, the one whose own words were said.
  const words = (product: ProductRow) => nameAtoms(product.name).filter((atom) => said.has(atom.text)).length;
  const most = Math.max(...fitting.map(words));
  const best = fitting.filter((product) => words(product) === most);
  if (best.length === 1) return best[0] ?? null;
  // Where none by the maker fits, any of them tells so.
  const misfit = fitting.every((product) => devices.every((device) => fitOf(product, device)?.fits === false));
  return devices.length > 0 && misfit ? (fitting[0] ?? null) : null;
}

/** "Does the Pixel 10 case fit the Pixel 9a?": what is made for the one device, held against the other. */
function ofOtherDevice(asking: Asking): { accessory: ProductRow; devices: readonly ProductRow[] } | null {
  const { question, small, categories } = asking.asked;
  const devicesIn = (part: string): readonly ProductRow[] => {
    const found = asking.world.devices.find(part, { spent: small });
    return found.kind === 'one' ? [found.product] : found.kind === 'several' ? found.products : [];
  };
  for (const cut of tokenise(question).slice(1)) {
    const [left, right] = [devicesIn(question.slice(0, cut.start)), devicesIn(question.slice(cut.start))];
    if (left.length === 0 || right.length === 0 || left.some((one) => right.includes(one))) continue;
    const made = asking.world.products.filter(
      (product) =>
        isAccessory(product) &&
        categories.some((category) => isOfCategory(product, category)) &&
        product.attributes.compatible_with !== undefined &&
        left.every((device) => fitOf(product, device)?.fits),
    );
    const [first] = made;
    const alike = made.every((one) =>
      right.every((device) => fitOf(one, device)?.fits === fitOf(made[0] as ProductRow, device)?.fits),
    );
    if (first && alike) return { accessory: first, devices: right };
  }
  return null;
}
