import { checkLength, type EncodedLabels, encodeLabels, type Label, toList } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';

/**
 * The sorted groups, and each sample's position among them.
 *
 * @throws InvalidInputError if they are missing, of another length, of mixed types, or fewer than `least`.
 */
export function readGroups(
  groups: ArrayLike<Label> | undefined,
  count: number,
  action: string,
  { least = 1, because = '' }: { readonly least?: number; readonly because?: string } = {},
): EncodedLabels {
  if (groups === undefined || groups === null) {
    throw new InvalidInputError({
      action,
      rule: 'groups must be given',
      received: 'none',
      repair: 'pass one group per sample, or use a splitter that knows no groups',
    });
  }
  const list = Array.from(toList(groups, 'groups', action));
  checkLength('groups', list.length, count, action);
  const encoded = encodeLabels(action, list);
  const { length } = encoded.classes;
  if (length >= least) return encoded;
  throw new InvalidInputError({
    action,
    rule: `there must be >= ${least} groups (${because})`,
    received: `${length} group${length === 1 ? '' : 's'}`,
  });
}
