import { InvalidInputError, show } from '../errors/index.ts';
import type { EncodedLabels, Label } from './labels.ts';
import { type Rule, value } from './params.ts';

/**
 * Weights of classes: `null` for one each, `'balanced'` for the reverse of their frequency, or a weight per label (a
 * record, or a list of `[label, weight]` where labels are not strings); labels that are not named weigh 1.
 */
export type ClassWeight = 'balanced' | Readonly<Record<string, number>> | readonly (readonly [Label, number])[] | null;

/** The rule of a `classWeight` parameter. */
export function classWeight(): Rule<ClassWeight> {
  return value<ClassWeight>({
    default: null,
    expected: "'balanced', null, or a weight >= 0 per label as a record or a list of [label, weight]",
    accepts: candidate => {
      if (candidate === null || candidate === 'balanced') return true;
      if (typeof candidate !== 'object' || !(Array.isArray(candidate) || isRecord(candidate as object))) return false;
      return entriesOf(candidate as object).every(entry => {
        const weight = Array.isArray(entry) && entry.length === 2 ? (entry[1] as unknown) : undefined;
        return typeof weight === 'number' && Number.isFinite(weight) && weight >= 0;
      });
    },
  });
}

/** Whether what an object holds are its own keys: those of a `Map` are not. */
function isRecord(given: object): boolean {
  return Object.prototype.toString.call(given) === '[object Object]';
}

function entriesOf(given: object): readonly (readonly [unknown, unknown])[] {
  return Array.isArray(given) ? given : Object.entries(given);
}

/**
 * The weight of each class. Balanced: `sum of weights / (number of classes * sum of the class's weights)`; 1 for a class
 * whose samples all weigh nothing, as no sum is changed by it.
 *
 * @throws InvalidInputError if a label is named that is not among the classes, while some class is not named.
 */
export function weighClasses(
  given: ClassWeight,
  { classes, codes }: EncodedLabels,
  sampleWeight: Float64Array | undefined,
  action: string,
): Float64Array {
  if (given === 'balanced') return balanced(classes.length, codes, sampleWeight);
  const weights = new Float64Array(classes.length).fill(1);
  if (given === null) return weights;
  const byLabel = new Map(entriesOf(given));
  const isList = Array.isArray(given);
  const unnamed: Label[] = [];
  classes.forEach((label, k) => {
    const weight = byLabel.get(isList ? label : String(label));
    if (weight === undefined) unnamed.push(label);
    else weights[k] = weight as number;
  });
  if (unnamed.length > 0 && classes.length - unnamed.length !== byLabel.size) {
    throw new InvalidInputError({
      action,
      rule: `classWeight must name labels of y (${show(classes)})`,
      received: show([...byLabel.keys()]),
    });
  }
  return weights;
}

function balanced(count: number, codes: Int32Array, sampleWeight: Float64Array | undefined): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += sampleWeight === undefined ? 1 : sampleWeight[i]!;
  const total = sums.reduce((sum, own) => sum + own, 0);
  return sums.map(own => (own === 0 ? 1 : total / (count * own)));
}
