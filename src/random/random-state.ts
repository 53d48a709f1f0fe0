import { demand, demandCount, demandProbabilities, isSize } from './arguments.ts';
import { binomialSampler, drawMultinomial } from './binomial.ts';
import { drawBeta, drawExponential, drawGamma } from './gamma.ts';
import { drawPoisson } from './poisson.ts';
import { draws, fill, type RandomStateSnapshot, RandomStream } from './random-stream.ts';

/**
 * numpy's legacy `RandomState`, draw for draw: the same seed and the same calls give the same values.
 *
 * Methods return one value, or `n` values in a typed array where `n` is given; both walk the same stream. Rows are
 * shuffled as numpy does by `X.takeRows(random.permutation(X.rows))`.
 *
 * Every method throws InvalidParamError on arguments outside its distribution. Normals and gammas may differ from numpy's in the last bits, where the platforms' `log` differs.
 *
 * @example
 * import { RandomState } from 'fitwise';
 * const random = new RandomState(42);
 * random.random(); // 0.3745401188473625
 * random.randint(0, 10, 3); // Int32Array [7, 4, 6]
 */
export class RandomState extends RandomStream {
  /** A stream that goes on where `getState` was called. */
  static fromState({ gauss, ...state }: RandomStateSnapshot): RandomState {
    const random = new RandomState(0);
    random.setState({ gauss, ...state });
    return random;
  }

  /** An independent stream that yields what this one would yield from here on. */
  clone(): RandomState {
    return RandomState.fromState(this.getState());
  }

  /** Exponential with mean `scale`. */
  exponential(scale: number): number;
  exponential(scale: number, n: number): Float64Array;
  exponential(scale: number, n?: number): number | Float64Array {
    demand(isSize(scale), 'exponential', 'scale must be finite and >= 0', scale);
    return draws('exponential', n, () => scale * drawExponential(this));
  }

  /** Gamma with scale 1. */
  standardGamma(shape: number): number;
  standardGamma(shape: number, n: number): Float64Array;
  standardGamma(shape: number, n?: number): number | Float64Array {
    demand(isSize(shape), 'standardGamma', 'shape must be finite and >= 0', shape);
    return draws('standardGamma', n, () => drawGamma(this, shape));
  }

  /** Gamma with mean `shape * scale`. */
  gamma(shape: number, scale: number): number;
  gamma(shape: number, scale: number, n: number): Float64Array;
  gamma(shape: number, scale: number, n?: number): number | Float64Array {
    demand(isSize(shape) && isSize(scale), 'gamma', 'shape and scale must be finite and >= 0', [shape, scale]);
    return draws('gamma', n, () => scale * drawGamma(this, shape));
  }

  /** Beta, on [0, 1]. */
  beta(a: number, b: number): number;
  beta(a: number, b: number, n: number): Float64Array;
  beta(a: number, b: number, n?: number): number | Float64Array {
    demand(isSize(a) && isSize(b) && a > 0 && b > 0 && isSize(a + b), 'beta', 'a and b must be finite and > 0', [a, b]);
    return draws('beta', n, () => drawBeta(this, a, b));
  }

  /** Points on the simplex: `n` rows of `alpha.length` shares that sum to 1, one after another. */
  dirichlet(alpha: ArrayLike<number>, n = 1): Float64Array {
    demandCount(n, 'dirichlet');
    const concentrations = Array.from(alpha);
    demand(
      concentrations.every(value => value > 0 && Number.isFinite(value)),
      'dirichlet',
      'every alpha must be finite and > 0',
      alpha,
    );
    const points = new Float64Array(n * concentrations.length);
    for (let at = 0; at < points.length; at += concentrations.length) {
      const gammas = concentrations.map(shape => drawGamma(this, shape));
      const scale = 1 / gammas.reduce((sum, value) => sum + value, 0);
      points.set(
        gammas.map(value => value * scale),
        at,
      );
    }
    return points;
  }

  /** Successes in `trials` trials of probability `p`. */
  binomial(trials: number, p: number): number;
  binomial(trials: number, p: number, n: number): Int32Array;
  binomial(trials: number, p: number, n?: number): number | Int32Array {
    demandCount(trials, 'binomial', 'trials');
    demandProbabilities([p], 'binomial');
    const sample = binomialSampler(trials, p);
    return n === undefined ? sample(this) : Int32Array.from(fill(n, 'binomial', () => sample(this)));
  }

  /** Counts with mean `mean`. */
  poisson(mean: number): number;
  poisson(mean: number, n: number): Int32Array;
  poisson(mean: number, n?: number): number | Int32Array {
    demand(isSize(mean) && mean < 2 ** 31, 'poisson', 'the mean must lie in [0, 2^31)', mean);
    return n === undefined
      ? drawPoisson(this, mean)
      : Int32Array.from(fill(n, 'poisson', () => drawPoisson(this, mean)));
  }

  /** How often each outcome occurs in `trials` trials. */
  multinomial(trials: number, probabilities: ArrayLike<number>): Int32Array {
    demandCount(trials, 'multinomial', 'trials');
    demandProbabilities(probabilities, 'multinomial');
    const allButLast = Array.from(probabilities).slice(0, -1);
    const sum = allButLast.reduce((total, p) => total + p, 0);
    demand(sum <= 1 + 1e-12, 'multinomial', 'all probabilities but the last must sum to at most 1', sum);
    return drawMultinomial(this, trials, probabilities);
  }
}
