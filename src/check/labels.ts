import { InvalidInputError, show } from '../errors/index.ts';
import { compareLabels } from './compare-labels.ts';

/** A class label; labels come back from `predict` as they were in `y`. */
export type Label = number | string | boolean;

/** Labels as their positions in the sorted list of classes. */
export interface EncodedLabels {
  /** Sorted and unique: numbers by value, strings by Unicode code point, `false` before `true`. */
  readonly classes: readonly Label[];
  /** Position in `classes`, per sample. */
  readonly codes: Int32Array;
}

/**
 * The sorted, unique labels of one or more lists.
 *
 * @throws InvalidInputError on a missing or non-finite label, and on labels of different types.
 */
export function uniqueLabels(action: string, ...lists: readonly ArrayLike<Label>[]): Label[] {
  const seen = new Set<Label>();
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) seen.add(checkLabel(action, list[i], i));
  }
  const labels = [...seen].sort(compareLabels);
  const other = labels.find(label => typeof label !== typeof labels[0]);
  if (other !== undefined) {
    throw new InvalidInputError({
      action,
      rule: 'labels must be of one type',
      received: `${show(labels[0])} and ${show(other)}`,
    });
  }
  return labels;
}

function checkLabel(action: string, label: unknown, row: number): Label {
  if (typeof label === 'string' || typeof label === 'boolean') return label;
  if (typeof label === 'number' && Number.isFinite(label)) return label === 0 ? 0 : label;
  throw new InvalidInputError({
    action,
    rule: 'labels must be finite numbers, strings or booleans',
    received: `${show(label)} at row ${row}`,
  });
}

/**
 * Sorted classes of `y`, and each sample's position among them: labels are numbered as they appear, then by their order.
 *
 * @throws InvalidInputError as {@link uniqueLabels}.
 */
export function encodeLabels(action: string, y: ArrayLike<Label>): EncodedLabels {
  const seen = new Map<Label, number>();
  const codes = new Int32Array(y.length);
  for (let row = 0; row < codes.length; row++) {
    const label = y[row]!;
    const known = seen.get(label);
    if (known === undefined) seen.set(checkLabel(action, label, row), seen.size);
    codes[row] = known ?? seen.size - 1;
  }
  const classes = uniqueLabels(action, [...seen.keys()]);
  const rank = new Int32Array(classes.length);
  for (let k = 0; k < rank.length; k++) rank[seen.get(classes[k]!)!] = k;
  for (let row = 0; row < codes.length; row++) codes[row] = rank[codes[row]!]!;
  return { classes, codes };
}

/**
 * Positions of labels among known classes.
 *
 * @throws InvalidInputError on a label that is not among them.
 */
export function encodeWith(action: string, y: ArrayLike<Label>, classes: readonly Label[]): Int32Array {
  const position = new Map(classes.map((label, code) => [label, code]));
  const codes = new Int32Array(y.length);
  for (let row = 0; row < codes.length; row++) {
    const code = position.get(y[row]!);
    if (code === undefined) {
      throw new InvalidInputError({
        action,
        rule: `labels must be among ${show(classes)}`,
        received: `${show(y[row])} at row ${row}`,
      });
    }
    codes[row] = code;
  }
  return codes;
}
