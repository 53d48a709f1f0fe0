import { CsrMatrix, Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { checkMatrix, checkSparse, type Spec, type Target } from '../check/index.ts';
import { type FitOptions, InvertibleTransformer } from '../core/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import { overRows } from './over-rows.ts';
import { checkWidth } from './width.ts';

/** How a value of a column is mapped. */
export type ColumnMap = (value: number, column: number) => number;

/** A transformer that maps each value by its column alone; sparse samples stay sparse where zero stays zero. */
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

  /** How `transform` maps a value. */
  protected abstract forward(): ColumnMap;

  /** How `inverseTransform` maps a value. */
  protected abstract backward(): ColumnMap;

  /** @throws InvalidInputError if sparse samples would not stay sparse. */
  protected checkForm(_X: Matrix | CsrMatrix, _action: string): void {}

  protected override map(X: Matrix | CsrMatrix): Work<Matrix | CsrMatrix> {
    const action = `transform with ${this.name}`;
    this.checkForm(X, action);
    return mapColumns(X, this.forward(), action);
  }

  protected override *unmap(X: MatrixLike): Work<Matrix | CsrMatrix> {
    const action = `invert with ${this.name}`;
    const isSparse = X instanceof CsrMatrix && this.traits.sparse === 'native';
    const data = isSparse ? X : toMatrix(X, action).matrix;
    checkWidth(data, this.nFeaturesIn_, action);
    if (data instanceof CsrMatrix) checkSparse(data, action, { allowNaN: true });
    else checkMatrix(data, action, { allowNaN: true });
    this.checkForm(data, action);
    return yield* mapColumns(data, this.backward(), action);
  }
}

/**
 * Every value, mapped; of a sparse matrix those that are stored.
 *
 * @throws InvalidInputError if a result leaves the range of numbers.
 */
export function* mapColumns(X: Matrix | CsrMatrix, f: ColumnMap, action: string): Work<Matrix | CsrMatrix> {
  const { columns } = X;
  if (X instanceof CsrMatrix) {
    const data = X.data.map((value, at) => checkResult(f(value, X.indices[at]!), value, X.indices[at]!, action));
    yield { ops: X.stored };
    return new CsrMatrix(data, X.indices.slice(), X.indptr.slice(), X.rows, columns);
  }
  const result = Matrix.zeros(X.rows, columns);
  yield* overRows(X.rows, columns, i => {
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      result.data[at] = checkResult(f(X.data[at]!, j), X.data[at]!, j, action);
    }
  });
  return result;
}

function checkResult(result: number, value: number, column: number, action: string): number {
  if (result !== Infinity && result !== -Infinity) return result;
  throw new InvalidInputError({
    action,
    rule: 'the result must not overflow',
    received: `${show(value)} in column ${column}`,
  });
}
