/** Parameters of a search as plain data, for files and threads: what has a name is stored by it. */
import { getScorer, type Scorer, type ScorerName } from '../scoring/index.ts';
import * as splitters from '../splitters/index.ts';
import { DISTRIBUTIONS, isDistribution, type NamedDistribution } from './distributions.ts';

const { checkCv: _checkCv, ...SPLITTERS } = splitters;

type SplitterName = keyof typeof SPLITTERS;

/** The same parameters with the library's splitters, scorers and distributions replaced by their names. */
export function toStored(params: object): Record<string, unknown> {
  return mapValues(params, nameOf, []);
}

/** The inverse of `toStored`. */
export function fromStored(params: object): Record<string, unknown> {
  return mapValues(params, revive, []);
}

function nameOf(value: unknown, within: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const splitter = Object.entries(SPLITTERS).find(([, Splitter]) => value.constructor === Splitter)?.[0];
  if (splitter !== undefined) return { splitter, params: (value as splitters.KFold).params };
  if (isDistribution(value) && 'distribution' in value) {
    const { distribution, args } = value as NamedDistribution;
    return { distribution, args };
  }
  if ((value as Partial<Scorer>).isBuiltIn === true) return { scorer: (value as Scorer).name };
  return mapInside(value, nameOf, within);
}

function revive(value: unknown, within: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { splitter, distribution, scorer } = value as Readonly<Record<string, unknown>>;
  if (isKey(SPLITTERS, splitter)) {
    const Splitter = SPLITTERS[splitter] as new (params: object) => splitters.Splitter;
    return new Splitter((value as { params: object }).params);
  }
  if (isKey(DISTRIBUTIONS, distribution)) {
    const make = DISTRIBUTIONS[distribution] as (...args: readonly number[]) => NamedDistribution;
    return make(...(value as { args: readonly number[] }).args);
  }
  if (typeof scorer === 'string') return getScorer(scorer as ScorerName);
  return mapInside(value, revive, within);
}

type Change = (value: unknown, within: readonly object[]) => unknown;

/** Lists and plain records are entered, unless they hold themselves; everything else is left as it is. */
function mapInside(value: object, change: Change, within: readonly object[]): unknown {
  if (within.includes(value)) return value;
  if (Array.isArray(value)) return value.map(item => change(item, [...within, value]));
  return Object.getPrototypeOf(value) === Object.prototype ? mapValues(value, change, [...within, value]) : value;
}

function mapValues(record: object, change: Change, within: readonly object[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, within)]));
}

function isKey<T extends object>(table: T, key: unknown): key is keyof T & SplitterName & keyof typeof DISTRIBUTIONS {
  return typeof key === 'string' && Object.hasOwn(table, key);
}
