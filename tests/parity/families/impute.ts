import type { Cell } from '../../../src/array/index.ts';
import { SimpleImputer } from '../../../src/impute/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** SimpleImputer on numbers and on words, with every strategy. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(50, numbers), ...times(25, words), ...times(8, functions)];
}

function numbers(draw: Draw): Case {
  const [rows, columns] = [draw.integer(1, 15), draw.integer(1, 4)];
  const missing = draw.choice([Number.NaN, Number.NaN, -1, 0]);
  const cell = () => (draw.bool(0.3) ? missing : draw.choice([1, 2, 2, 5, draw.gauss()]));
  const X = Array.from({ length: rows }, () => Array.from({ length: columns }, cell));
  if (draw.bool(0.3)) for (const row of X) row[0] = missing;
  const X2 = Array.from({ length: 4 }, () => Array.from({ length: columns }, cell));
  const strategy = draw.choice(['mean', 'median', 'most_frequent', 'constant']);
  const fillValue = strategy === 'constant' ? draw.choice([null, -7.5]) : null;
  const [addIndicator, keepEmptyFeatures] = [draw.bool(), draw.bool()];
  return {
    name: 'SimpleImputer of numbers',
    class: 'A',
    oracle: {
      fit: 'impute.SimpleImputer',
      params: {
        missing_values: Number.isNaN(missing) ? missing : { $float: missing },
        strategy,
        fill_value: fillValue,
        add_indicator: addIndicator,
        keep_empty_features: keepEmptyFeatures,
      },
      X: { $array: X, dtype: 'float64' },
      get: ['statistics_', 'get_feature_names_out'],
      calls: [['transform', { $array: X2, dtype: 'float64' }]],
    },
    ours: async () => {
      const params = { missingValues: missing, strategy, fillValue, addIndicator, keepEmptyFeatures };
      const imputer = await new SimpleImputer(params).fit(X);
      return [imputer.statistics_, imputer.getFeatureNamesOut(), await imputer.transform(X2)];
    },
  };
}

function words(draw: Draw): Case {
  const rows = draw.integer(1, 12);
  const missing = draw.choice([null, Number.NaN, '?', '']);
  const cell = (): Cell => (draw.bool(0.3) ? missing : draw.choice(['b', 'a', 'B', 'é', 'a a']));
  const X = Array.from({ length: rows }, () => ['x', cell(), cell()] as Cell[]);
  const X2 = Array.from({ length: 4 }, () => ['y', cell(), cell()] as Cell[]);
  // A column of words without any word has no type in JavaScript.
  if ([1, 2].some(j => X.every(row => Object.is(row[j], missing)))) X.push(['x', 'a', 'a']);
  const strategy = draw.choice(['most_frequent', 'constant']);
  const fillValue = strategy === 'constant' ? draw.choice([null, 'none']) : null;
  return {
    name: 'SimpleImputer of words',
    class: 'A',
    tolerance: 0,
    oracle: {
      fit: 'impute.SimpleImputer',
      params: { missing_values: missing, strategy, fill_value: fillValue, add_indicator: true },
      X: { $array: X, dtype: 'object' },
      get: ['statistics_'],
      calls: [['transform', { $array: X2, dtype: 'object' }]],
    },
    ours: async () => {
      const imputer = await new SimpleImputer({ missingValues: missing, strategy, fillValue, addIndicator: true }).fit(
        X,
      );
      return [imputer.statistics_, await imputer.transform(X2)];
    },
  };
}

function functions(draw: Draw): Case {
  const X = [...draw.withHoles(draw.normal(draw.integer(2, 9), 3), 0.3), [1, 2, 3]];
  return {
    name: 'SimpleImputer with a function, and back',
    class: 'A',
    oracle: {
      python: [
        'm = sklearn.impute.SimpleImputer(strategy=np.max, add_indicator=True).fit(X)',
        't = m.transform(X)',
        'result = [m.statistics_, t, m.inverse_transform(t)]',
      ].join('\n'),
      with: { X },
    },
    ours: async () => {
      const strategy = (values: Float64Array) => Math.max(...values);
      const imputer = await new SimpleImputer({ strategy, addIndicator: true }).fit(X);
      const imputed = await imputer.transform(X);
      return [imputer.statistics_, imputed, await imputer.inverseTransform(imputed)];
    },
  };
}
