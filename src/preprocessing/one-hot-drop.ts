import { InvalidParamError, show } from '../errors/index.ts';
import type { Category } from './category.ts';
import type { CategoryGroups } from './category-groups.ts';

/** Which category of each feature is dropped. */
export type Drop = 'first' | 'if_binary' | readonly Category[] | null;

/** What dropping needs to know of one feature. */
export interface DroppableFeature {
  readonly categories: readonly Category[];
  readonly grouping: CategoryGroups | null;
}

/**
 * The output position that is dropped, per feature, counted after infrequent categories are grouped; null where all
 * are kept.
 *
 * @throws InvalidParamError if a category to be dropped does not exist, or is infrequent.
 */
export function droppedPositions(features: readonly DroppableFeature[], drop: Drop, action: string): (number | null)[] {
  if (drop === null) return features.map(() => null);
  if (drop === 'first') return features.map(() => 0);
  if (drop === 'if_binary') return features.map(feature => (widthOf(feature) === 2 ? 0 : null));
  if (drop.length !== features.length) {
    throw new InvalidParamError({
      action,
      rule: `drop must hold one category per column of X (${features.length})`,
      received: `length ${drop.length}`,
    });
  }
  return features.map((feature, j) => positionOf(feature, drop[j]!, j, action));
}

/** Number of output columns of a feature before one is dropped. */
export function widthOf({ categories, grouping }: DroppableFeature): number {
  return categories.length - (grouping === null ? 0 : grouping.infrequent.length - 1);
}

function positionOf({ categories, grouping }: DroppableFeature, category: Category, j: number, action: string): number {
  const at = categories.findIndex(other => Object.is(other, category) || other === category);
  const isInfrequent = grouping?.infrequent.includes(at) ?? false;
  if (at !== -1 && !isInfrequent) return grouping === null ? at : grouping.groups[at]!;
  throw new InvalidParamError({
    action,
    rule: `the dropped category of column ${j} must be ${isInfrequent ? 'a frequent one' : `among ${show(categories)}`}`,
    received: show(category),
  });
}
