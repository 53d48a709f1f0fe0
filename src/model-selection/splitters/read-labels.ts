import { Matrix } from '../../array/index.ts';
import { checkLength, isMultiOutput, type Label, type Target, toList } from '../../check/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';

/**
 * Class labels to stratify by; a `y` of one column counts as a plain list.
 *
 * @throws InvalidInputError if they are missing, continuous, several per sample, or of another length.
 */
export function readLabels(y: Target | undefined, count: number, action: string): readonly Label[] {
  const labels = readTarget(y, count, action);
  if (labels.length > 0 && Array.isArray(labels[0]))
    throw new InvalidInputError({ action, rule: 'y must have one label per sample', received: 'several' });
  return checkLabels(labels as readonly Label[], action);
}

/**
 * Class labels to stratify by; several labels per sample count as one class per combination.
 *
 * @throws InvalidInputError if they are missing, continuous, or of another length.
 */
export function readStrata(y: Target | undefined, count: number, action: string): readonly Label[] {
  const labels = readTarget(y, count, action);
  return checkLabels(
    labels.map(label => (Array.isArray(label) ? label.join(' ') : label)),
    action,
  );
}

/** Whether every sample has one label that can be stratified by: no continuous number, no list. */
export function isStratifiable(y: Target): boolean {
  return labelsOf(y).every(isLabel);
}

/**
 * Number of samples in a target.
 *
 * @throws InvalidInputError if it is no list.
 */
export function countTarget(y: Target, action: string): number {
  return y instanceof Matrix ? y.rows : toList(y as ArrayLike<unknown>, 'y', action).length;
}

function readTarget(y: Target | undefined, count: number, action: string): readonly (Label | Label[])[] {
  if (y === undefined || y === null) throw new InvalidInputError({ action, rule: 'y must be given', received: 'none' });
  checkLength('y', countTarget(y, action), count, action);
  return labelsOf(y, action);
}

/** The label of each sample, or its labels where there are several. */
export function labelsOf(y: Target, action = 'read y'): readonly (Label | Label[])[] {
  if (!isMultiOutput(y)) return Array.from(toList(y, 'y', action));
  const lists =
    y instanceof Matrix ? y.toArray() : Array.from(y, row => Array.from(toList(row, 'each row of y', action)));
  return lists.map(list => (list.length === 1 ? list[0]! : list));
}

function checkLabels(labels: readonly Label[], action: string): readonly Label[] {
  const row = labels.findIndex(label => !isLabel(label));
  if (row === -1) return labels;
  throw new InvalidInputError({
    action,
    rule: 'y must hold class labels to stratify by',
    received: `${show(labels[row])} at row ${row}`,
    repair: 'use a splitter that does not stratify',
  });
}

function isLabel(label: unknown): boolean {
  return typeof label === 'string' || typeof label === 'boolean' || Number.isInteger(label);
}
