import { unitOf } from '../../catalogue/attributes.ts';
import { CONCEPTS } from './concepts.ts';

/** "Screen refresh rate" asks for the rate and not for the screen. */
export function withoutWholes(attributes: string[]): string[] {
  return attributes.filter((one) => !(PARTS_OF[one] ?? []).some((part) => attributes.includes(part)));
}

/** "How many kilos does it carry" names a column of kilos, and does not ask for the weight. */
export function notMeasuredTwice(attributes: string[]): string[] {
  const units = new Set(attributes.flatMap((one) => (one in CONCEPTS ? [] : (unitOf(one)?.toLowerCase() ?? []))));
  return attributes.filter((one) => !(MEASURED_IN[one] ?? []).some((unit) => units.has(unit)));
}

const MEASURED_IN: Readonly<Record<string, readonly string[]>> = {
  weight: ['g', 'kg'],
  power: ['w'],
  batteryLife: ['h', 'min', 'd', 'months'],
  length: ['m', 'h', 'min', 'd', 'km', 'months'],
  dataGb: ['gb'],
  display: ['in'],
  camera: ['mp'],
  charging: ['h', 'min'],
  dimensions: ['m', 'cm', 'mm'],
};

const PARTS_OF: Readonly<Record<string, readonly string[]>> = {
  display: ['refresh', 'resolution', 'displayTech'],
  battery: ['removable', 'wireless', 'batteryLife', 'charging'],
  network: ['refresh'],
  noise: ['noiseCancelling'],
  storage: ['capacity'],
  capacity: ['waterTank', 'dustBin'],
  ip: ['waterTank', 'dustBin'],
  power: ['suction', 'charging'],
  dataGb: ['ram', 'storage', 'extraGb'],
  camera: ['resolution', 'frontCamera'],
  charging: ['wireless'],
};
