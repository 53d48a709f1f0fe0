import { InvalidParamError, show } from '../errors/index.ts';

/** Values to try, by parameter name. */
export type GridLike = Readonly<Record<string, readonly unknown[] | undefined>>;

/**
 * Every combination of one or more grids: names sorted, the last name's values changing fastest.
 *
 * @example
 * import { ParameterGrid } from 'fitwise';
 * [...new ParameterGrid({ b: [1, 2], a: ['x'] })]; // [{ a: 'x', b: 1 }, { a: 'x', b: 2 }]
 */
export class ParameterGrid implements Iterable<Record<string, unknown>> {
  readonly grids: readonly GridLike[];

  /** @throws InvalidParamError if a grid is no record of non-empty lists. */
  constructor(grid: GridLike | readonly GridLike[]) {
    this.grids = (Array.isArray(grid) ? grid : [grid]) as readonly GridLike[];
    for (const one of this.grids) checkGrid(one);
  }

  /** Number of combinations. */
  get length(): number {
    return this.grids.reduce((sum, grid) => sum + Object.values(grid).reduce((n, values) => n * values!.length, 1), 0);
  }

  /** The combination at a position in the order of iteration. */
  at(index: number): Record<string, unknown> | undefined {
    let rest = index;
    for (const grid of this.grids) {
      const size = Object.values(grid).reduce((n, values) => n * values!.length, 1);
      if (rest < size) return combination(grid, rest);
      rest -= size;
    }
    return undefined;
  }

  *[Symbol.iterator](): Generator<Record<string, unknown>> {
    for (let i = 0; i < this.length; i++) yield this.at(i)!;
  }
}

function combination(grid: GridLike, index: number): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  let rest = index;
  for (const name of Object.keys(grid).sort().reverse()) {
    const values = grid[name]!;
    entries.unshift([name, values[rest % values.length]]);
    rest = Math.floor(rest / values.length);
  }
  return Object.fromEntries(entries);
}

function checkGrid(grid: unknown): void {
  const action = 'make a parameter grid';
  if (typeof grid !== 'object' || grid === null || Array.isArray(grid)) {
    throw new InvalidParamError({
      action,
      rule: 'a grid must hold lists of values by parameter name',
      received: show(grid),
    });
  }
  for (const [name, values] of Object.entries(grid)) {
    if (Array.isArray(values) && values.length > 0) continue;
    throw new InvalidParamError({ action, rule: `${name} must be a non-empty list of values`, received: show(values) });
  }
}
