import { type Label, uniqueLabels } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badInput } from './refuse.ts';
import { encodeWholeNumbers, replaceByRank, smallRange } from './whole-numbers.ts';

/** Lists of labels as positions in the sorted union of their labels. */
export interface EncodedLists<L extends Label> {
  readonly classes: readonly L[];
  /** One per list. */
  readonly codes: readonly Int32Array[];
}

/**
 * Positions of the labels of several lists in the sorted union of all: by a table where all are whole numbers of a
 * small range, else by one lookup per label.
 *
 * @throws InvalidInputError on a missing or non-finite label, and on labels of different types.
 */
export function encodeTogether<L extends Label>(metric: string, lists: readonly ArrayLike<L>[]): EncodedLists<L> {
  const range = smallRange(lists);
  if (range !== undefined) return encodeWholeNumbers(lists as readonly ArrayLike<number>[], range) as EncodedLists<L>;
  const seen = new Map<L, number>();
  const codes = lists.map(list => codesByAppearance(metric, list, seen));
  const classes = uniqueLabels(`compute ${metric}`, [...seen.keys()]) as L[];
  const rank = new Int32Array(classes.length);
  classes.forEach((label, position) => {
    rank[seen.get(label)!] = position;
  });
  for (const list of codes) replaceByRank(list, rank);
  return { classes, codes };
}

function codesByAppearance<L extends Label>(metric: string, list: ArrayLike<L>, seen: Map<L, number>): Int32Array {
  const codes = new Int32Array(list.length);
  for (let i = 0; i < codes.length; i++) {
    const label = list[i]!;
    let code = seen.get(label);
    if (code === undefined) {
      checkLabel(metric, label, i);
      code = seen.size;
      seen.set(label, code);
    }
    codes[i] = code;
  }
  return codes;
}

function checkLabel(metric: string, label: unknown, row: number): void {
  if (typeof label === 'string' || typeof label === 'boolean') return;
  if (typeof label === 'number' && Number.isFinite(label)) return;
  throw badInput(metric, {
    rule: 'labels must be finite numbers, strings or booleans',
    received: `${show(label)} at row ${row}`,
  });
}

/**
 * The position of each of some labels among the classes, -1 for those that do not occur.
 *
 * @throws InvalidInputError if there are none, or they are of another type than the classes.
 */
export function positionsOf<L extends Label>(metric: string, labels: readonly L[], classes: readonly L[]): Int32Array {
  if (labels.length === 0) throw badInput(metric, { rule: 'labels must not be empty', received: '[]' });
  const position = new Map(classes.map((label, code) => [label, code]));
  return Int32Array.from(labels, label => {
    if (typeof label !== typeof classes[0]) {
      throw badInput(metric, {
        rule: `labels must be of the type of yTrue (${typeof classes[0]})`,
        received: show(label),
      });
    }
    return position.get(label) ?? -1;
  });
}
