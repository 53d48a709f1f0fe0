import type { FlatMatrix, MatrixLike } from '../array/index.ts';
import { encodeWith, type Label, type Target, toList, uniqueLabels } from '../check/index.ts';
import { Estimator, type FitOptions, type Fitted, type METHODS } from '../core/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import { asWork, drive, type Work } from '../work/index.ts';

interface Learned {
  readonly classes: readonly Label[];
}

/** A list of labels on its way through `Estimator`, which speaks of tables: one column of them. */
interface LabelColumn {
  readonly data: ArrayLike<Label>;
}

/**
 * Turns labels into the integers 0 ... classes - 1 and back. It is for `y` only: classifiers encode their labels
 * themselves, features are encoded by OneHotEncoder or OrdinalEncoder, and it is no step of a pipeline.
 *
 * @example
 * import { LabelEncoder } from 'fitwise';
 * const encoder = await new LabelEncoder().fit(['Paris', 'Paris', 'Amsterdam']);
 * await encoder.transform(['Amsterdam', 'Paris']); // Int32Array [0, 1]
 * await encoder.inverseTransform([1]); // ['Paris']
 */
export class LabelEncoder<L extends Label = Label> extends Estimator<
  Record<never, never>,
  Learned,
  LabelColumn,
  undefined
> {
  static override readonly id = 'preprocessing/LabelEncoder';
  static override readonly traits = { input: 'any' } as const;
  declare readonly [METHODS]?: never;
  readonly kind = 'transformer';

  constructor() {
    super({}, {});
  }

  /** Sorted labels seen in `fit`. */
  get classes_(): readonly L[] {
    return this.learned.classes as readonly L[];
  }

  /**
   * Learns which labels there are.
   *
   * @param y one label per sample, all of one type
   * @throws InvalidInputError on missing labels, labels of different types, and tables.
   */
  override fit<M extends Label>(y: ArrayLike<M>): Promise<LabelEncoder<M>>;
  override fit<const Y extends Target = Target>(X: MatrixLike, y?: Y, options?: FitOptions): Promise<Fitted<this, Y>>;
  override fit(y: MatrixLike | ArrayLike<Label>): Promise<never> {
    return drive(this.fitWork(y)) as Promise<never>;
  }

  override *fitWork(y: MatrixLike | ArrayLike<Label>): Work<this> {
    const data = this.#checkLabels(y, `fit ${this.name}`);
    const column = { data, rows: data.length, columns: 1 };
    return yield* super.fitWork(column as unknown as FlatMatrix, undefined);
  }

  /** Fits, and gives the positions of the same labels. */
  async fitTransform(y: ArrayLike<Label>): Promise<Int32Array> {
    return (await this.fit(y)).transform(y);
  }

  /**
   * Positions of labels in `classes_`.
   *
   * @throws InvalidInputError on a label that `fit` did not see.
   */
  transform(y: ArrayLike<L>): Promise<Int32Array> {
    return this.run(this.transformWork(y));
  }

  /** The work of `transform`. */
  *transformWork(y: ArrayLike<L>): Work<Int32Array> {
    return yield* asWork(this.#encode(y));
  }

  /**
   * Labels at positions in `classes_`.
   *
   * @throws InvalidInputError on a position outside of them.
   */
  inverseTransform(codes: ArrayLike<number>): Promise<L[]> {
    return this.run(this.inverseTransformWork(codes));
  }

  /** The work of `inverseTransform`. */
  *inverseTransformWork(codes: ArrayLike<number>): Work<L[]> {
    return yield* asWork(this.#decode(codes));
  }

  /** None: what it does to labels is nothing that a pipeline could ask for. */
  override supports(): boolean {
    return false;
  }

  protected override learn({ data }: LabelColumn, _y: undefined, { action }: { readonly action: string }): Learned {
    return { classes: uniqueLabels(action, data) };
  }

  #encode(y: ArrayLike<L>): Int32Array {
    const action = `transform with ${this.name}`;
    const { classes } = this.fitted(action).learned;
    return encodeWith(action, this.#checkLabels(y, action), classes);
  }

  #decode(codes: ArrayLike<number>): L[] {
    const action = `invert with ${this.name}`;
    const { classes } = this.fitted(action).learned;
    return Array.from(toList(codes, 'codes', action), (code, i) => {
      const label = Number.isInteger(code) ? classes[code] : undefined;
      if (label !== undefined) return label as L;
      throw new InvalidInputError({
        action,
        rule: `codes must be integers from 0 to ${classes.length - 1}`,
        received: `${show(code)} at row ${i}`,
      });
    });
  }

  #checkLabels(y: unknown, action: string): ArrayLike<Label> {
    const isList = Array.isArray(y) || (ArrayBuffer.isView(y) && !(y instanceof DataView));
    if (isList && (y as ArrayLike<unknown>).length >= 0 && !Array.isArray((y as ArrayLike<unknown>)[0])) {
      return y as ArrayLike<Label>;
    }
    throw new InvalidInputError({
      action,
      rule: 'y must be a list of labels',
      received: show(y),
      repair: 'encode features with OneHotEncoder',
    });
  }
}
