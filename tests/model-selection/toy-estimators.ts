import { Matrix } from '../../src/array/index.ts';
import { integer, type ParamsOf, type RegressionTarget, real } from '../../src/check/index.ts';
import { type FitContext, Regressor, type RegressorLearned, Transformer } from '../../src/core/index.ts';

const shiftSpec = { shift: real({ default: 0 }) };

/** Adds a constant, and counts its fits. */
export class CountingShift extends Transformer<typeof shiftSpec, { readonly shift: number }> {
  static override readonly id = 'tests/CountingShift';
  static fits = 0;

  constructor(params: Partial<ParamsOf<typeof shiftSpec>> = {}) {
    super(shiftSpec, params);
  }

  protected override learn() {
    CountingShift.fits++;
    return { shift: this.params.shift };
  }

  protected override map(X: Matrix): Matrix {
    return X.map(value => value + this.learned.shift);
  }

  protected override outputNames(names: readonly string[]): string[] {
    return [...names];
  }
}

const constantSpec = { value: real({ default: 0 }), failBelow: integer({ default: -99 }) };

interface ConstantLearned extends RegressorLearned {
  readonly value: number;
}

/** Predicts a constant; fails to fit where the first target is below a bound, and predicts NaN for NaN. */
export class Constant extends Regressor<typeof constantSpec, ConstantLearned> {
  static override readonly id = 'tests/Constant';
  static override readonly traits = { consumes: ['sampleWeight'] } as const;

  constructor(params: Partial<ParamsOf<typeof constantSpec>> = {}) {
    super(constantSpec, params);
  }

  protected override learnValues(_X: Matrix, y: RegressionTarget, _context: FitContext) {
    if (y.values.get(0, 0) < this.params.failBelow) throw new RangeError('the first target is too small');
    return { value: this.params.value };
  }

  protected override regress(X: Matrix): Matrix {
    return Matrix.zeros(X.rows, 1).map(() => this.learned.value);
  }
}
