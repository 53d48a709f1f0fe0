import { type Column, type CsrMatrix, Frame, type Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import { boolean, checkMatrix, either, integer, nullable, oneOf, type ParamsOf, share, value } from '../check/index.ts';
import { type FitContext, InvertibleTransformer } from '../core/index.ts';
import { InvalidParamError, show, warn } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import { type Category, categoriesOf, categoryText } from './category.ts';
import { groupCategories } from './category-groups.ts';
import { encodeCategories, learnCategories, UNKNOWN, unknownCategory } from './learn-categories.ts';
import {
  decode,
  type Feature,
  makeColumn,
  oneHot,
  outputCategories,
  outputWidth,
  toPositions,
} from './one-hot-codes.ts';
import { type Drop, droppedPositions } from './one-hot-drop.ts';
import { checkWidth } from './width.ts';

/** Makes a feature's name from the input feature's name and a category. */
export type FeatureNameCombiner = (inputFeature: string, category: Category) => string;

const spec = {
  /** `'auto'` (what `fit` sees), or a list of categories per feature; numbers must be sorted. */
  categories: value<'auto' | readonly (readonly Category[])[]>({
    default: 'auto',
    expected: "'auto' or a list of lists of categories",
    accepts: given => given === 'auto' || (Array.isArray(given) && given.every(Array.isArray)),
  }),
  /** Drops one category of each feature: the first, the first of two, or the one in this list at its place. */
  drop: value<Drop>({
    default: null,
    expected: "null, 'first', 'if_binary' or a list of categories",
    accepts: given => given === null || given === 'first' || given === 'if_binary' || Array.isArray(given),
  }),
  /** Give a `CsrMatrix` rather than a `Matrix`. */
  sparseOutput: boolean({ default: true }),
  /**
   * A category that `fit` did not see is an error, becomes zeros everywhere, or counts as infrequent where there is
   * such a group (`'warn'` does so with a warning).
   */
  handleUnknown: oneOf(['error', 'ignore', 'infrequent_if_exist', 'warn'], { default: 'error' }),
  /** Rarer categories are grouped: a share of the rows in (0, 1), or a count from 1 up. */
  minFrequency: nullable(either(integer({ min: 1, default: 1 }), share({ default: 0.5 }))),
  /** Most output features per feature, the group of infrequent categories included. */
  maxCategories: nullable(integer({ min: 1, default: 1 })),
  /** How output features are named: `'concat'` (`feature_category`), or a function. */
  featureNameCombiner: value<'concat' | FeatureNameCombiner>({
    default: 'concat',
    expected: "'concat' or a function",
    accepts: given => given === 'concat' || typeof given === 'function',
  }),
};

export type OneHotEncoderParams = ParamsOf<typeof spec>;

interface Learned {
  readonly features: readonly Feature[];
}

/** Dense where the compiler knows that `sparseOutput` is false. */
type Encoded<S extends boolean> = [S] extends [false] ? Matrix : [S] extends [true] ? CsrMatrix : Matrix | CsrMatrix;

/**
 * Encodes each categorical feature as one column per category that holds 1 where the sample has it. Numbers, strings
 * and booleans are categories, and so are missing values (`NaN` and `null`, which are told apart in columns that are
 * not numeric).
 *
 * Cost: O(samples × features) time; sparse results hold one number per sample and feature.
 *
 * Differs from scikit-learn: names show whole numbers without `.0`; `inverseTransform` gives a `Frame`; where a
 * dropped category meets infrequent ones, `inverseTransform` gives back the category that was dropped (1.9 reads the
 * list from before the grouping).
 *
 * @example
 * import { OneHotEncoder } from 'fitwise';
 * const encoder = new OneHotEncoder({ sparseOutput: false });
 * (await encoder.fitTransform([['Ulm', 1], ['Bonn', 3]])).toArray(); // [[0, 1, 1, 0], [1, 0, 0, 1]]
 * encoder.getFeatureNamesOut(['city', 'rooms']); // ['city_Bonn', 'city_Ulm', 'rooms_1', 'rooms_3']
 */
export class OneHotEncoder<S extends boolean = true> extends InvertibleTransformer<
  typeof spec,
  Learned,
  Frame,
  Encoded<S>,
  Frame
> {
  static override readonly id = 'preprocessing/OneHotEncoder';
  static override readonly traits = { input: 'frame', allowNaN: true } as const;

  /** @throws InvalidParamError on an unknown parameter or a value outside its rule. */
  constructor(params: Partial<Omit<OneHotEncoderParams, 'sparseOutput'>> & { readonly sparseOutput?: S } = {}) {
    super(spec, params);
    checkCombiner(this.params.featureNameCombiner);
  }

  /** Categories of each feature, sorted, the dropped one included. */
  get categories_(): readonly (readonly Category[])[] {
    return this.learned.features.map(({ categories }) => categories);
  }

  /** Position in `categories_` of each feature's dropped category, null where none is; null without `drop`. */
  get dropIdx_(): readonly (number | null)[] | null {
    const { features } = this.learned;
    if (this.params.drop === null) return null;
    return features.map(({ dropped, grouping }) =>
      dropped === null || grouping === null ? dropped : grouping.groups.indexOf(dropped),
    );
  }

  /** Infrequent categories of each feature; null where there are none. */
  get infrequentCategories_(): readonly (readonly Category[] | null)[] {
    return this.learned.features.map(({ categories, grouping }) =>
      grouping === null ? null : Array.from(grouping.infrequent, k => categories[k]!),
    );
  }

  protected override *learn(X: Frame, _y: unknown, { action }: FitContext): Work<Learned> {
    const { categories, drop, handleUnknown } = this.params;
    const counted = yield* learnCategories(X, categories, handleUnknown === 'error', action);
    const grouped = counted.map(({ categories, counts }) => ({
      categories,
      grouping: groupCategories(counts, X.rows, this.params),
    }));
    const dropped = droppedPositions(grouped, drop, action);
    return { features: grouped.map((feature, j) => ({ ...feature, dropped: dropped[j]! })) };
  }

  protected override *map(X: Frame): Work<Encoded<S>> {
    const positions: Int32Array[] = [];
    const unknown: string[] = [];
    for (const [j, column] of X.columns.entries()) {
      const feature = this.learned.features[j]!;
      const cells = categoriesOf(column, `transform with ${this.name}`);
      const codes = yield* encodeCategories(cells, feature.categories);
      if (codes.includes(UNKNOWN)) {
        this.#checkUnknown(column, codes, feature);
        unknown.push(column.name);
      }
      positions.push(toPositions(codes, feature, this.params.handleUnknown));
    }
    this.#warnOfUnknown(unknown);
    const sparse = yield* oneHot(positions, this.learned.features.map(outputWidth), X.rows);
    return (this.params.sparseOutput ? sparse : sparse.toDense()) as Encoded<S>;
  }

  protected override *unmap(X: MatrixLike): Work<Frame> {
    const action = `invert with ${this.name}`;
    const { matrix } = toMatrix(X, action);
    const { features } = this.learned;
    const widths = features.map(outputWidth);
    checkWidth(
      matrix,
      widths.reduce((sum, width) => sum + width, 0),
      action,
    );
    checkMatrix(matrix, action);
    const names = this.featureNamesIn_ ?? features.map((_, j) => `x${j}`);
    const columns: Column[] = [];
    let from = 0;
    for (const [j, feature] of features.entries()) {
      columns.push(makeColumn(names[j]!, decode(matrix, from, feature, this.params.handleUnknown, action)));
      from += widths[j]!;
      yield { ops: matrix.rows * widths[j]! };
    }
    return new Frame(columns, matrix.rows);
  }

  protected override outputNames(inputNames: readonly string[]): string[] {
    const { featureNameCombiner } = this.params;
    const combine: FeatureNameCombiner =
      featureNameCombiner === 'concat' ? (name, category) => `${name}_${categoryText(category)}` : featureNameCombiner;
    return this.learned.features.flatMap((feature, j) =>
      outputCategories(feature)
        .filter((_, k) => k !== feature.dropped)
        .map(category => combine(inputNames[j]!, category)),
    );
  }

  #checkUnknown(column: Column, codes: Int32Array, { categories }: Feature): void {
    if (this.params.handleUnknown !== 'error') return;
    const row = codes.indexOf(UNKNOWN);
    const cell = column.values[row] ?? null;
    throw unknownCategory(cell, row, column, categories, `transform with ${this.name}`);
  }

  /** Zeros may also mean the dropped category, so unknown ones are told of where one is dropped. */
  #warnOfUnknown(columns: readonly string[]): void {
    const { handleUnknown, drop } = this.params;
    if (columns.length === 0 || (handleUnknown !== 'warn' && drop === null)) return;
    const fate = handleUnknown === 'ignore' ? 'zeros' : 'the infrequent category, or zeros where there is none';
    const message = `columns ${show(columns)} hold unknown categories, which are encoded as ${fate}`;
    warn({ kind: 'user', source: this.name, message });
  }
}

function checkCombiner(combiner: 'concat' | FeatureNameCombiner): void {
  if (combiner === 'concat') return;
  const name: unknown = combiner('feature', 'category');
  if (typeof name === 'string') return;
  throw new InvalidParamError({
    action: 'make OneHotEncoder',
    rule: 'featureNameCombiner must return a string',
    received: show(name),
  });
}
