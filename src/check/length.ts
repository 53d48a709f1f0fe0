import { InvalidInputError } from '../errors/index.ts';

/** @throws InvalidInputError if a list does not have one value per sample. */
export function checkLength(name: string, length: number, rows: number, action: string): void {
  if (length === rows) return;
  throw new InvalidInputError({
    action,
    rule: `${name} must have one value per row of X (${rows})`,
    received: `length ${length}`,
  });
}
