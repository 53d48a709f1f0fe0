import { compareLabels, type Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, positionsOf } from '../inputs/index.ts';

/** The column of each sample's label. */
export interface LabelColumns {
  readonly columns: Int32Array;
  readonly count: number;
}

/**
 * Matches labels with the columns of a table of scores: those of the sorted `labels`, or of `yTrue`.
 *
 * @throws InvalidInputError on labels that repeat, are out of order, lack one of `yTrue`, or do not fit the columns
 */
export function columnsOfLabels<L extends Label>(
  metric: string,
  { classes, codes }: { readonly classes: readonly L[]; readonly codes: Int32Array },
  labels: readonly L[] | undefined,
  columns: number,
): LabelColumns {
  const all = labels ?? classes;
  if (labels?.some((label, i) => i > 0 && !(compareLabels(labels[i - 1]!, label) < 0))) {
    throw badInput(metric, { rule: 'labels must be sorted and must not repeat', received: show(labels) });
  }
  if (all.length !== columns) {
    throw badInput(metric, {
      rule: `yScore must have one column per label (${all.length}: ${show(all)})`,
      received: columns === 1 ? 'one score per sample' : `${columns} columns`,
      ...(labels === undefined && columns > all.length ? { repair: 'pass all known labels as labels' } : {}),
    });
  }
  const position = positionsOf(metric, classes, all);
  const stray = classes.find((_, code) => position[code] === -1);
  if (stray === undefined) return { columns: codes.map(code => position[code]!), count: all.length };
  throw badInput(metric, { rule: `yTrue must hold labels of ${show(all)} only`, received: show(stray) });
}
