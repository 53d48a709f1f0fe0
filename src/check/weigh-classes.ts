import { InvalidInputError, show } from '../errors/index.ts';
import { type ClassWeight, entriesOf } from './class-weight.ts';
import type { EncodedLabels, Label } from './labels.ts';

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
  const isRecord = !Array.isArray(given);
  const unnamed: Label[] = [];
  classes.forEach((label, k) => {
    const weight = byLabel.get(isRecord ? String(label) : label);
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
