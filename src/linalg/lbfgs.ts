import { asWork, type Work } from '../work/index.ts';
import { type Bounds, clipInto, longestStep, projectedGradientNorm } from './bounds.ts';
import { LbfgsMemory } from './lbfgs-memory.ts';
import { lineSearch } from './line-search.ts';
import { addScaledInto, difference, dot, norm } from './vectors.ts';

/** Returns f(x) and writes its gradient; may be work, for functions over many rows. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number | Work<number>;

export interface LbfgsOptions {
  /** Stop when no component of the projected gradient is larger. */
  readonly gtol?: number;
  /** Stop when f falls by at most this times max(|f before|, |f|, 1). */
  readonly ftol?: number;
  readonly maxIter?: number;
  /** Most evaluations of the objective; checked after each iteration. */
  readonly maxEvaluations?: number;
  /** Most evaluations of one line search. */
  readonly maxLineSearch?: number;
  /** How many pairs the approximation of the Hessian remembers. */
  readonly memory?: number;
  readonly bounds?: Bounds | undefined;
}

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly nIter: number;
  readonly nEvaluations: number;
  /** Which rule ended the search; `lineSearch` means that no step along the steepest descent was found to help. */
  readonly stoppedBy: 'gradient' | 'value' | 'maxIter' | 'maxEvaluations' | 'lineSearch';
  /** Whether a tolerance was met. */
  readonly converged: boolean;
}

/** A point with what the objective says about it. */
interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** An accepted step, with the slope of the objective along its direction before and after. */
interface Move {
  readonly to: Point;
  readonly step: number;
  readonly slopeBefore: number;
  readonly slopeAfter: number;
}

type Settings = Required<LbfgsOptions>;

/** scipy's: f is to fall by 2.2e-9, ten million times the machine precision. */
const DEFAULTS: Settings = {
  gtol: 1e-5,
  ftol: 1e7 * Number.EPSILON,
  maxIter: 15_000,
  maxEvaluations: 15_000,
  maxLineSearch: 20,
  memory: 10,
  bounds: undefined,
};

/** No step of an unbounded search is longer. */
const LONGEST = 1e10;

/**
 * Minimises a smooth function, with or without bounds, by L-BFGS-B with scipy's rules and defaults: the same starting
 * step, line search, updates and stopping tests. Cost per iteration: one or two evaluations and 4 * memory * n
 * multiplications.
 *
 * Source: C. Zhu, R. Byrd, P. Lu and J. Nocedal, "Algorithm 778: L-BFGS-B", 1997. Directions without bounds come from
 * the two-loop recursion, which equals the compact formula of the Fortran code up to rounding.
 */
export function* lbfgsWork(objective: Objective, x0: Float64Array, options: LbfgsOptions = {}): Work<LbfgsResult> {
  const settings: Settings = { ...DEFAULTS, ...options };
  const memory = new LbfgsMemory(settings.memory);
  const start = x0.slice();
  if (settings.bounds !== undefined) clipInto(settings.bounds, start);
  const search = new Search(objective, settings, memory);
  let at = yield* search.evaluate(start);
  for (let nIter = 0; ; ) {
    if (projectedGradientNorm(at.x, at.gradient, settings.bounds) <= settings.gtol) return end(at, nIter, 'gradient');
    const move = yield* search.moveFrom(at, nIter === 0);
    nIter++;
    if (move === undefined) return end(at, nIter, 'lineSearch');
    const before = at;
    at = move.to;
    if (nIter >= settings.maxIter) return end(at, nIter, 'maxIter');
    if (search.nEvaluations > settings.maxEvaluations) return end(at, nIter, 'maxEvaluations');
    if (projectedGradientNorm(at.x, at.gradient, settings.bounds) <= settings.gtol) return end(at, nIter, 'gradient');
    const size = Math.max(Math.abs(before.value), Math.abs(at.value), 1);
    if (before.value - at.value <= settings.ftol * size) return end(at, nIter, 'value');
    remember(memory, before, move);
    yield { ops: 4 * settings.memory * at.x.length };
  }

  function end(point: Point, nIter: number, stoppedBy: LbfgsResult['stoppedBy']): LbfgsResult {
    const converged = stoppedBy === 'gradient' || stoppedBy === 'value';
    return { ...point, nIter, nEvaluations: search.nEvaluations, stoppedBy, converged };
  }
}

/** Adds the pair of a move to the memory, unless the curvature along it is lost in rounding. */
function remember(memory: LbfgsMemory, before: Point, { to, step, slopeBefore, slopeAfter }: Move): void {
  const sy = (slopeAfter - slopeBefore) * step;
  if (sy <= Number.EPSILON * -slopeBefore * step) return;
  memory.add(difference(to.x, before.x), difference(to.gradient, before.gradient), sy);
}

/** The moving part: evaluates, chooses directions and searches along them. */
class Search {
  readonly #objective: Objective;
  readonly #settings: Settings;
  readonly #memory: LbfgsMemory;
  nEvaluations = 0;

  constructor(objective: Objective, settings: Settings, memory: LbfgsMemory) {
    this.#objective = objective;
    this.#settings = settings;
    this.#memory = memory;
  }

  *evaluate(x: Float64Array): Work<Point> {
    this.nEvaluations++;
    const gradient = new Float64Array(x.length);
    const value = yield* asWork(this.#objective(x, gradient));
    return { x, value, gradient };
  }

  /** A step that lowers the objective; the memory is forgotten where it misleads. */
  *moveFrom(at: Point, isFirst: boolean): Work<Move | undefined> {
    const direction = this.#direction(at);
    const move = direction === undefined ? undefined : yield* this.#searchAlong(at, direction, isFirst);
    if (move !== undefined || this.#memory.pairs.length === 0) return move;
    this.#memory.forget();
    return yield* this.moveFrom(at, isFirst);
  }

  #direction({ x, gradient }: Point): Float64Array | undefined {
    const { bounds } = this.#settings;
    if (bounds === undefined) return this.#memory.newtonDirection(gradient);
    return bounds.direction(x, gradient, this.#memory);
  }

  *#searchAlong(at: Point, direction: Float64Array, isFirst: boolean): Work<Move | undefined> {
    const slopeBefore = dot(at.gradient, direction);
    if (!(slopeBefore < 0)) return undefined;
    const { bounds, maxLineSearch } = this.#settings;
    const maxStep = this.#longestStep(at, direction, isFirst);
    const isCautious = isFirst && !isBox(bounds);
    const firstStep = Math.min(isCautious ? 1 / norm(direction) : 1, maxStep);
    const steps = lineSearch({ step: 0, value: at.value, slope: slopeBefore }, { firstStep, maxStep });
    let move: Move | undefined;
    let state = steps.next();
    for (let count = 0; !state.done; count++) {
      if (count === maxLineSearch) return undefined;
      const step = state.value;
      const x = at.x.slice();
      addScaledInto(step, direction, x);
      if (bounds !== undefined) clipInto(bounds, x);
      const to = yield* this.evaluate(x);
      const slopeAfter = dot(to.gradient, direction);
      move = { to, step, slopeBefore, slopeAfter };
      state = steps.next({ step, value: to.value, slope: slopeAfter });
    }
    return move !== undefined && Number.isFinite(move.to.value) ? move : undefined;
  }

  #longestStep(at: Point, direction: Float64Array, isFirst: boolean): number {
    const { bounds } = this.#settings;
    if (bounds === undefined) return LONGEST;
    return isFirst ? 1 : longestStep(at.x, direction, bounds, LONGEST);
  }
}

/** Whether every variable has two bounds: then the first direction already ends within reach. */
function isBox(bounds: Bounds | undefined): boolean {
  return bounds !== undefined && [...bounds.lower, ...bounds.upper].every(Number.isFinite);
}
