import { InvalidInputError, showShape } from '../errors/index.ts';

/** @throws InvalidInputError if transformed samples do not have the width that `transform` gives. */
export function checkWidth(
  X: { readonly rows: number; readonly columns: number },
  columns: number,
  action: string,
): void {
  if (X.columns === columns) return;
  throw new InvalidInputError({
    action,
    rule: `X must have ${columns} column${columns === 1 ? '' : 's'}, as transform gives`,
    received: showShape(X.rows, X.columns),
  });
}
