import { CsrMatrix, type Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { checkMatrix, checkSparse, type Spec, type Target } from '../check/index.ts';
import { type FitOptions, InvertibleTransformer } from '../core/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { type ColumnScaling, scaleColumnsWork, scaleValue } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { checkWidth } from './width.ts';

/** A transformer that shifts and scales each value by its column alone; sparse samples stay sparse where zero stays zero. */
export abstract class ColumnScaler<S extends Spec, L extends object> extends InvertibleTransformer<
  S,
  L,
  Matrix | CsrMatrix,
  Matrix | CsrMatrix,
  Matrix | CsrMatrix
> {
  override transform(X: CsrMatrix): Promise<CsrMatrix>;
  override transform(X: MatrixLike): Promise<Matrix>;
  override transform(X: MatrixLike): Promise<Matrix | CsrMatrix> {
    return super.transform(X);
  }

  override fitTransform(X: CsrMatrix, y?: Target, options?: FitOptions): Promise<CsrMatrix>;
  override fitTransform(X: MatrixLike, y?: Target, options?: FitOptions): Promise<Matrix>;
  override fitTransform(X: MatrixLike, y?: Target, options: FitOptions = {}): Promise<Matrix | CsrMatrix> {
    return super.fitTransform(X, y, options);
  }

  override inverseTransform(X: CsrMatrix): Promise<CsrMatrix>;
  override inverseTransform(X: MatrixLike): Promise<Matrix>;
  override inverseTransform(X: MatrixLike): Promise<Matrix | CsrMatrix> {
    return super.inverseTransform(X);
  }

  /** How `transform` maps the values of each column. */
  protected abstract forward(): ColumnScaling;

  /** How `inverseTransform` maps them back. */
  protected abstract backward(): ColumnScaling;

  /** @throws InvalidInputError if sparse samples would not stay sparse. */
  protected checkForm(_X: Matrix | CsrMatrix, _action: string): void {}

  protected override map(X: Matrix | CsrMatrix): Work<Matrix | CsrMatrix> {
    const action = `transform with ${this.name}`;
    this.checkForm(X, action);
    return scaleTable(X, this.forward(), action);
  }

  protected override *unmap(X: MatrixLike): Work<Matrix | CsrMatrix> {
    const action = `invert with ${this.name}`;
    const isSparse = X instanceof CsrMatrix && this.traits.sparse === 'native';
    const data = isSparse ? X : toMatrix(X, action).matrix;
    checkWidth(data, this.nFeaturesIn_, action);
    if (data instanceof CsrMatrix) checkSparse(data, action, { allowNaN: true });
    else checkMatrix(data, action, { allowNaN: true });
    this.checkForm(data, action);
    return yield* scaleTable(data, this.backward(), action);
  }
}

/**
 * Every value, scaled; of a sparse matrix those that are stored.
 *
 * @throws InvalidInputError if a result leaves the range of numbers.
 */
export function scaleTable(X: Matrix | CsrMatrix, scaling: ColumnScaling, action: string): Work<Matrix | CsrMatrix> {
  if (X instanceof CsrMatrix) return scaleStored(X, scaling, action);
  return scaleColumnsWork(X, scaling, at => refuse(X.data[at]!, at % X.columns, action));
}

function* scaleStored(X: CsrMatrix, scaling: ColumnScaling, action: string): Work<CsrMatrix> {
  const data = new Float64Array(X.stored);
  yield* inBlocks(X.stored, 1, (from, to) => {
    for (let at = from; at < to; at++) {
      const column = X.indices[at]!;
      const result = scaleValue(X.data[at]!, column, scaling);
      if (result === Infinity || result === -Infinity) refuse(X.data[at]!, column, action);
      data[at] = result;
    }
  });
  return new CsrMatrix(data, X.indices.slice(), X.indptr.slice(), X.rows, X.columns);
}

function refuse(value: number, column: number, action: string): never {
  throw new InvalidInputError({
    action,
    rule: 'the result must not overflow',
    received: `${show(value)} in column ${column}`,
  });
}
