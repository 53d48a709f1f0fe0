import { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, seed } from '../check/index.ts';
import { matmul } from '../kernels/index.ts';
import { randomFrom } from '../random/index.ts';
import { demand, demandGiven } from './demand.ts';
import { normalMatrix } from './drawn.ts';

const spec = {
  /** Number of signals. */
  nSamples: integer({ min: 1, default: 1 }),
  /** Number of atoms in the dictionary. */
  nComponents: integer({ min: 1, default: 1 }),
  /** Length of a signal. */
  nFeatures: integer({ min: 1, default: 1 }),
  /** Atoms in each signal. */
  nNonzeroCoefs: integer({ min: 1, default: 1 }),
  randomState: seed(),
};
export type MakeSparseCodedSignalParams = ParamsOf<typeof spec>;
/** All but the seed have to be said: no number of them is usual. */
type Given = Omit<MakeSparseCodedSignalParams, 'randomState'> & Partial<MakeSparseCodedSignalParams>;

export interface SparseCodedSignal {
  /** The signals, code times dictionary; shape (nSamples, nFeatures). */
  readonly data: Matrix;
  /** Atoms of length one; shape (nComponents, nFeatures). */
  readonly dictionary: Matrix;
  /** shape (nSamples, nComponents) */
  readonly code: Matrix;
}

/**
 * Signals that are sums of few atoms of a random dictionary; scikit-learn's numbers for the same integer seed.
 *
 * Tables keep both dimensions, also where scikit-learn squeezes one away.
 *
 * @returns `data`, `dictionary` and `code`, with data = code dictionary
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeSparseCodedSignal } from 'fitwise';
 * const size = { nSamples: 50, nComponents: 100, nFeatures: 10, nNonzeroCoefs: 4 };
 * makeSparseCodedSignal({ ...size, randomState: 0 }).code.columns; // 100
 */
export function makeSparseCodedSignal(params: Given): SparseCodedSignal {
  const owner = 'data by makeSparseCodedSignal';
  demandGiven(owner, params, ['nSamples', 'nComponents', 'nFeatures', 'nNonzeroCoefs']);
  const { nSamples, nComponents, nFeatures, nNonzeroCoefs, randomState } = checkParams(owner, spec, params);
  const rule = `nNonzeroCoefs must be <= nComponents (${nComponents})`;
  demand(owner, nNonzeroCoefs <= nComponents, rule, nNonzeroCoefs);
  const random = randomFrom(randomState);
  const atoms = normalMatrix(random, nFeatures, nComponents).transpose();
  const norms = atoms.toArray().map(atom => Math.sqrt(atom.reduce((sum, value) => sum + value * value, 0)));
  const dictionary = atoms.map((value, k) => value / norms[k]!);
  const code = Matrix.zeros(nSamples, nComponents);
  for (let i = 0; i < nSamples; i++) {
    const chosen = random.permutation(nComponents).subarray(0, nNonzeroCoefs);
    const values = random.standardNormal(nNonzeroCoefs);
    chosen.forEach((k, at) => {
      code.set(i, k, values[at]!);
    });
  }
  return { data: matmul(code, dictionary), dictionary, code };
}
