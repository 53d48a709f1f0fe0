import { CsrMatrix, Matrix } from '../../../src/array/index.ts';
import {
  type Category,
  FunctionTransformer,
  LabelEncoder,
  MinMaxScaler,
  OneHotEncoder,
  RobustScaler,
  StandardScaler,
} from '../../../src/preprocessing/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** Every preprocessor with drawn parameters and hostile data. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(25, standardScaler),
    ...times(10, standardScalerInParts),
    ...times(10, standardScalerSparse),
    ...times(20, minMaxScaler),
    ...times(30, robustScaler),
    ...times(10, robustScalerSparse),
    ...times(60, oneHotEncoder),
    ...times(15, oneHotEncoderNamed),
    ...times(10, labelEncoder),
    ...times(6, functionTransformer),
  ];
}

/** Numbers with constant, huge, tiny and incomplete columns. */
function table(draw: Draw, rows: number, columns: number): number[][] {
  let X = draw.normal(rows, columns);
  if (draw.bool(0.5)) X = draw.withScales(X);
  if (draw.bool(0.3)) X = X.map(row => [...row.slice(1), draw.choice([7.25])]);
  if (draw.bool(0.2)) X = X.map(row => row.map(value => value + 1e6));
  return draw.bool(0.4) ? draw.withHoles(X, 0.2) : X;
}

function standardScaler(draw: Draw): Case {
  const [rows, columns] = [draw.choice([1, 2, 5, 40]), draw.integer(1, 4)];
  const X = table(draw, rows, columns);
  const [withMean, withStd] = [draw.bool(0.7), draw.bool(0.7)];
  const sampleWeight = draw.bool(0.4) ? draw.weights(rows, rows > 2 ? 0.2 : 0) : undefined;
  const X2 = draw.normal(4, columns);
  const hasSeen = (withMean || withStd) && sampleWeight === undefined;
  return {
    name: 'StandardScaler',
    class: 'A',
    oracle: {
      fit: 'preprocessing.StandardScaler',
      params: { with_mean: withMean, with_std: withStd },
      X,
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['mean_', 'var_', 'scale_', ...(hasSeen ? ['n_samples_seen_'] : [])],
      calls: [
        ['transform', X2],
        ['inverse_transform', X2],
      ],
    },
    ours: async () => {
      const scaler = await new StandardScaler({ withMean, withStd }).fit(X, undefined, { sampleWeight });
      const learned = [scaler.mean_, scaler.var_, scaler.scale_, ...(hasSeen ? [scaler.nSamplesSeen_] : [])];
      return [...learned, await scaler.transform(X2), await scaler.inverseTransform(X2)];
    },
  };
}

function standardScalerInParts(draw: Draw): Case {
  const columns = draw.integer(1, 3);
  const parts = Array.from({ length: draw.integer(2, 4) }, () => {
    const X = draw.withScales(draw.normal(draw.integer(1, 9), columns));
    // A row without holes, as scikit-learn loses columns that a part does not show.
    return [...draw.withHoles(X, 0.2), draw.normals(columns)];
  });
  return {
    name: 'StandardScaler partialFit',
    class: 'A',
    oracle: {
      fit: 'preprocessing.StandardScaler',
      calls: [
        ...parts.map(part => ['partial_fit', part] as const),
        ['$get', 'mean_'],
        ['$get', 'var_'],
        ['$get', 'n_samples_seen_'],
      ],
    },
    ours: async () => {
      const scaler = new StandardScaler();
      for (const part of parts) await scaler.partialFit(part);
      return [...parts.map(() => null), scaler.mean_, scaler.var_, scaler.nSamplesSeen_];
    },
  };
}

function standardScalerSparse(draw: Draw): Case {
  const [rows, columns] = [draw.integer(2, 12), draw.integer(1, 4)];
  const X = draw.normal(rows, columns).map(row => row.map(value => (draw.bool(0.5) ? 0 : value)));
  const sampleWeight = draw.bool(0.4) ? draw.weights(rows) : undefined;
  const csr = CsrMatrix.fromDense(Matrix.fromRows(X));
  return {
    name: 'StandardScaler sparse',
    class: 'A',
    oracle: {
      fit: 'preprocessing.StandardScaler',
      params: { with_mean: false },
      X: { $csr: X },
      ...(sampleWeight === undefined ? {} : { fit_kwargs: { sample_weight: sampleWeight } }),
      get: ['mean_', 'var_', 'scale_', 'n_samples_seen_'],
      calls: [
        ['transform', { $csr: X }],
        ['partial_fit', { $csr: X }, null, sampleWeight ?? null],
        ['$get', 'var_'],
      ],
    },
    ours: async () => {
      const scaler = await new StandardScaler({ withMean: false }).fit(csr, undefined, { sampleWeight });
      const first = [scaler.mean_, scaler.var_, scaler.scale_, scaler.nSamplesSeen_, await scaler.transform(csr)];
      await scaler.partialFit(csr, undefined, { sampleWeight });
      return [...first, null, scaler.var_];
    },
  };
}

function robustScaler(draw: Draw): Case {
  const [rows, columns] = [draw.choice([1, 2, 3, 8, 41]), draw.integer(1, 4)];
  const [X, X2] = [table(draw, rows, columns), draw.normal(4, columns)];
  const [withCentering, withScaling, unitVariance] = [draw.bool(0.8), draw.bool(0.8), draw.bool(0.3)];
  const quantileRange = draw.choice([
    [25, 75],
    [10, 90],
    [33.3, 40],
    [0.5, 99.5],
    ...(unitVariance
      ? []
      : [
          [0, 100],
          [50, 50],
        ]),
  ]) as [number, number];
  return {
    name: 'RobustScaler',
    class: 'A',
    oracle: {
      fit: 'preprocessing.RobustScaler',
      params: {
        with_centering: withCentering,
        with_scaling: withScaling,
        unit_variance: unitVariance,
        quantile_range: { $tuple: quantileRange },
      },
      X,
      get: ['center_', 'scale_', 'get_feature_names_out'],
      calls: [
        ['transform', X2],
        ['inverse_transform', X2],
      ],
    },
    ours: async () => {
      const scaler = await new RobustScaler({ withCentering, withScaling, unitVariance, quantileRange }).fit(X);
      const learned = [scaler.center_, scaler.scale_, scaler.getFeatureNamesOut()];
      return [...learned, await scaler.transform(X2), await scaler.inverseTransform(X2)];
    },
  };
}

function robustScalerSparse(draw: Draw): Case {
  const [rows, columns] = [draw.integer(2, 12), draw.integer(1, 4)];
  const X = draw.normal(rows, columns).map(row => row.map(value => (draw.bool(0.4) ? 0 : value)));
  const csr = CsrMatrix.fromDense(Matrix.fromRows(X));
  return {
    name: 'RobustScaler sparse',
    class: 'A',
    oracle: {
      fit: 'preprocessing.RobustScaler',
      params: { with_centering: false },
      X: { $csr: X },
      get: ['center_', 'scale_'],
      calls: [
        ['transform', { $csr: X }],
        ['inverse_transform', { $csr: X }],
      ],
    },
    ours: async () => {
      const scaler = await new RobustScaler({ withCentering: false }).fit(csr);
      const learned = [scaler.center_, scaler.scale_];
      return [...learned, await scaler.transform(csr), await scaler.inverseTransform(csr)];
    },
  };
}

function minMaxScaler(draw: Draw): Case {
  const [rows, columns] = [draw.choice([1, 3, 20]), draw.integer(1, 4)];
  const [X, X2] = [table(draw, rows, columns), draw.normal(4, columns)];
  const clip = draw.bool();
  const low = draw.integer(-3, 3);
  const featureRange = [low, low + draw.choice([0.5, 1, 10])] as const;
  const isInParts = rows > 1 && draw.bool(0.3) && !X.some(row => row.some(Number.isNaN));
  return {
    name: 'MinMaxScaler',
    class: 'A',
    oracle: {
      fit: 'preprocessing.MinMaxScaler',
      params: { clip, feature_range: { $tuple: featureRange } },
      X,
      get: ['data_min_', 'data_max_', 'data_range_', 'scale_', 'min_', 'n_samples_seen_'],
      calls: [
        ['transform', X2],
        ['inverse_transform', X2],
        ...(isInParts
          ? ([
              ['partial_fit', X2],
              ['$get', 'scale_'],
              ['$get', 'n_samples_seen_'],
            ] as const)
          : []),
      ],
    },
    ours: async () => {
      const s = await new MinMaxScaler({ clip, featureRange }).fit(X);
      const learned = [s.dataMin_, s.dataMax_, s.dataRange_, s.scale_, s.min_, s.nSamplesSeen_];
      const results = [...learned, await s.transform(X2), await s.inverseTransform(X2)];
      if (!isInParts) return results;
      await s.partialFit(X2);
      return [...results, null, s.scale_, s.nSamplesSeen_];
    },
  };
}

const WORDS = ['b', 'a', 'é', 'Z', '10', '\u{1F600}', '\uFF5E', ''];

/** A column of words, numbers or booleans, some of them with missing values. */
function categoryColumn(draw: Draw, rows: number): { cells: Category[]; strange: Category } {
  const kind = draw.choice(['words', 'numbers', 'booleans'] as const);
  const some = (list: readonly Category[]) => draw.labels(rows, draw.sample(list, draw.integer(1, list.length)));
  if (kind === 'booleans') return { cells: some([true, false]), strange: true };
  if (kind === 'numbers') {
    const cells = some([3, 1, -2, 10, 2.5]).map(cell => (draw.bool(0.1) ? Number.NaN : cell));
    return { cells, strange: 99 };
  }
  const missing = draw.choice([[], [null], [Number.NaN], [null, Number.NaN]] as const);
  const cells = some(WORDS).map(cell => (missing.length > 0 && draw.bool(0.2) ? draw.choice<Category>(missing) : cell));
  return { cells, strange: 'new' };
}

function oneHotEncoder(draw: Draw): Case {
  const rows = draw.integer(1, 25);
  const columns = Array.from({ length: draw.integer(1, 3) }, () => categoryColumn(draw, rows));
  // One column of words keeps scikit-learn's table one of objects, so that numbers keep their kind.
  if (columns.every(({ cells }) => cells.every(cell => typeof cell === 'number'))) {
    columns.push({ cells: draw.labels(rows, ['u', 'v']), strange: 'w' });
  }
  const X = Array.from({ length: rows }, (_, i) => columns.map(({ cells }) => cells[i]!));
  const handleUnknown = draw.choice(['error', 'ignore', 'infrequent_if_exist', 'warn']);
  const strange = columns.map(column => column.strange);
  const X2 = handleUnknown === 'error' ? X.slice(0, 5) : [...X.slice(0, 5), strange];
  const minFrequency = draw.choice([null, null, 1, 2, 4, 0.1, 0.35]);
  const maxCategories = draw.choice([null, null, 1, 2, 3]);
  const isGrouped = minFrequency !== null || maxCategories !== null;
  const firsts = columns.map(({ cells }) => cells[0]!);
  const drop = draw.choice([null, null, 'first', 'if_binary', ...(isGrouped ? [] : [firsts])] as const);
  // scikit-learn refuses to invert a table without columns, which `drop` may leave.
  const isEmpty = drop !== null && columns.every(({ cells }) => new Set(cells).size < 2);
  const hasInverse = !isEmpty && (drop === null || !isGrouped);
  return {
    name: 'OneHotEncoder',
    class: 'A',
    tolerance: 0,
    oracle: {
      python: [
        "e = resolve('preprocessing.OneHotEncoder')(**params).fit(X)",
        'coded = e.transform(X2)',
        'result = [e.categories_, e.drop_idx_, e.get_feature_names_out()]',
        ...(isGrouped ? ['result += [e.infrequent_categories_]'] : []),
        'result += [coded]',
        ...(hasInverse ? ['result += [e.inverse_transform(coded)]'] : []),
      ].join('\n'),
      with: {
        params: {
          handle_unknown: handleUnknown,
          min_frequency: minFrequency,
          max_categories: maxCategories,
          drop: Array.isArray(drop) ? { $array: drop, dtype: 'object' } : drop,
        },
        X: { $array: X, dtype: 'object' },
        X2: { $array: X2, dtype: 'object' },
      },
    },
    ours: async () => {
      const params = { handleUnknown, minFrequency, maxCategories, drop };
      const encoder = await new OneHotEncoder(params).fit(X);
      const learned = [encoder.categories_, encoder.dropIdx_, encoder.getFeatureNamesOut()];
      const coded = await encoder.transform(X2);
      const groups = isGrouped ? [encoder.infrequentCategories_] : [];
      return [...learned, ...groups, coded, ...(hasInverse ? [await encoder.inverseTransform(coded)] : [])];
    },
  };
}

function oneHotEncoderNamed(draw: Draw): Case {
  const rows = draw.integer(2, 12);
  const lists: Category[][] = [['x', 'z', 'y'], draw.bool() ? [-1, 0, 5] : [-1, 0, 5, Number.NaN], ['q', 'p', null]];
  const X = Array.from({ length: rows }, () => lists.map(list => draw.choice(list)));
  const sparseOutput = draw.bool();
  const minFrequency = draw.choice([null, 2]);
  return {
    name: 'OneHotEncoder, categories given',
    class: 'A',
    tolerance: 0,
    oracle: {
      fit: 'preprocessing.OneHotEncoder',
      params: {
        categories: { $list: lists.map(list => ({ $list: list })) },
        sparse_output: sparseOutput,
        min_frequency: minFrequency,
      },
      X: { $array: X, dtype: 'object' },
      get: ['categories_', 'get_feature_names_out'],
      calls: [['transform', { $array: X, dtype: 'object' }]],
    },
    ours: async () => {
      const encoder = await new OneHotEncoder({ categories: lists, sparseOutput, minFrequency }).fit(X);
      return [encoder.categories_, encoder.getFeatureNamesOut(), await encoder.transform(X)];
    },
  };
}

function labelEncoder(draw: Draw): Case {
  const names = draw.choice([WORDS, [3, -1, 10, 0]] as const);
  const y = draw.labels<string | number>(draw.integer(4, 20), names);
  const codes = [0, 1, 0];
  return {
    name: 'LabelEncoder',
    class: 'A',
    tolerance: 0,
    oracle: {
      fit: 'preprocessing.LabelEncoder',
      X: y,
      get: ['classes_'],
      calls: [
        ['transform', y],
        ['inverse_transform', codes],
      ],
    },
    ours: async () => {
      const encoder = await new LabelEncoder().fit(y);
      return [encoder.classes_, await encoder.transform(y), await encoder.inverseTransform(codes)];
    },
  };
}

function functionTransformer(draw: Draw): Case {
  const X = draw.uniform(draw.integer(1, 5), 2, 0.1, 9);
  const validate = draw.bool();
  return {
    name: 'FunctionTransformer',
    class: 'A',
    oracle: {
      fit: 'preprocessing.FunctionTransformer',
      params: {
        func: { $ref: 'numpy.log1p' },
        inverse_func: { $ref: 'numpy.expm1' },
        feature_names_out: 'one-to-one',
        validate,
      },
      X,
      get: ['get_feature_names_out'],
      calls: [
        ['transform', X],
        ['inverse_transform', X],
      ],
    },
    ours: async () => {
      const transformer = await new FunctionTransformer({
        func: table => table.map(Math.log1p),
        inverseFunc: table => table.map(Math.expm1),
        featureNamesOut: 'one-to-one',
        validate,
      }).fit(X);
      return [transformer.getFeatureNamesOut(), await transformer.transform(X), await transformer.inverseTransform(X)];
    },
  };
}
