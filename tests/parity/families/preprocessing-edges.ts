import { SimpleImputer } from '../../../src/impute/index.ts';
import { LabelEncoder, MinMaxScaler, OneHotEncoder, StandardScaler } from '../../../src/preprocessing/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { twinCase } from '../twin.ts';

/** Scalers, encoders and imputers where columns are empty, constant, tiny, huge or of one category. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(60, standard),
    ...times(40, minMax),
    ...times(80, encoder),
    ...times(60, imputer),
    ...times(40, words),
    ...times(10, labels),
  ].map(item => ({ ...item, liveOnly: true }));
}

function table(draw: Draw, rows: number, columns: number) {
  const kinds = Array.from({ length: columns }, () =>
    draw.choice(['plain', 'constant', 'tiny', 'huge', 'far', 'empty', 'zero', 'lattice']),
  );
  const cell = (kind: string) => {
    const value = draw.gauss();
    if (kind === 'constant') return 0.1;
    if (kind === 'tiny') return value * 1e-200;
    if (kind === 'huge') return value * 1e100;
    if (kind === 'far') return 1e5 + value;
    if (kind === 'empty') return Number.NaN;
    if (kind === 'zero') return 0;
    return kind === 'lattice' ? Math.round(value) : value;
  };
  const make = (n: number) => Array.from({ length: n }, () => kinds.map(cell));
  const [X, later] = [make(rows), make(3)];
  return draw.bool(0.4) ? { X: draw.withHoles(X, 0.2), later: draw.withHoles(later, 0.2) } : { X, later };
}

function standard(draw: Draw): Case {
  const rows = draw.choice([1, 2, 3, 10, 40]);
  const { X, later } = table(draw, rows, draw.integer(1, 5));
  const params = { withMean: draw.bool(0.7), withStd: draw.bool(0.8) };
  const sampleWeight = draw.choice([
    undefined,
    undefined,
    draw.weights(rows),
    draw.weights(rows, 0.3).with(0, 1),
    draw.integers(rows, 0, 3).with(0, 1),
  ]);
  return twinCase(
    { name: 'StandardScaler, odd columns', class: 'A', tolerance: 1e-7, expectError: 'alike' },
    {
      ...{ Class: StandardScaler, path: 'preprocessing.StandardScaler', params, X, sampleWeight },
      get: ['mean_', 'scale_', 'nFeaturesIn_'],
      calls: [['transform', later], ['inverseTransform', later], ['getFeatureNamesOut']],
    },
  );
}

function minMax(draw: Draw): Case {
  const { X, later } = table(draw, draw.choice([1, 2, 10]), draw.integer(1, 5));
  const [low, width] = [draw.choice([0, -1, 5]), draw.choice([1, 1e-3, 100])];
  const params = { featureRange: [low, low + width], clip: draw.bool() };
  return twinCase(
    { name: 'MinMaxScaler, odd columns', class: 'A', tolerance: 1e-9, expectError: 'alike' },
    {
      ...{ Class: MinMaxScaler, path: 'preprocessing.MinMaxScaler', params, X },
      pythonParams: { feature_range: { $tuple: [{ $float: low }, { $float: low + width }] } },
      get: ['min_', 'scale_', 'dataMin_', 'dataMax_', 'dataRange_', 'nSamplesSeen_'],
      calls: [
        ['transform', later],
        ['inverseTransform', later],
      ],
    },
  );
}

function encoder(draw: Draw): Case {
  const rows = draw.integer(1, 40);
  const columns = draw.integer(1, 4);
  const lists = Array.from({ length: columns }, () =>
    draw.choice([['a'], ['a', 'b'], ['b', 'a', 'c', 'd'], ['x', 'y', 'z', 'w', 'v', 'u', 't']]),
  );
  const X = Array.from({ length: rows }, () =>
    lists.map(list => list[Math.floor(draw.real() * draw.real() * list.length)]!),
  );
  const handleUnknown = draw.choice(['error', 'ignore', 'infrequent_if_exist', 'warn'] as const);
  const later = handleUnknown === 'error' ? X.slice(0, 4) : [...X.slice(0, 4), lists.map(() => 'new')];
  const isNamed = draw.bool(0.3);
  const params = {
    ...{ handleUnknown, sparseOutput: draw.bool(), categories: isNamed ? lists : ('auto' as const) },
    ...{
      minFrequency: draw.choice([null, null, 1, 2, 5, 0.2, 0.5, 100]),
      maxCategories: draw.choice([null, null, 1, 2, 3, 4]),
    },
    ...{ drop: draw.choice([null, null, 'first', 'if_binary'] as const), featureNameCombiner: 'concat' as const },
  };
  const isGrouped = params.minFrequency !== null || params.maxCategories !== null;
  return twinCase(
    { name: 'OneHotEncoder, groups, drops and unknowns', class: 'A', tolerance: 0, expectError: 'alike' },
    {
      ...{ Class: OneHotEncoder, path: 'preprocessing.OneHotEncoder', params, X },
      pythonX: { $array: X, dtype: 'object' },
      pythonParams: isNamed ? { categories: { $list: lists.map(list => ({ $list: list })) } } : {},
      get: ['categories_', 'dropIdx_', 'nFeaturesIn_', ...(isGrouped ? ['infrequentCategories_'] : [])],
      calls: [['transform', later], ['getFeatureNamesOut'], ['getFeatureNamesOut', lists.map((_, j) => `f${j}`)]],
    },
  );
}

function imputer(draw: Draw): Case {
  const rows = draw.choice([1, 2, 5, 20]);
  const { X, later } = table(draw, rows, draw.integer(1, 5));
  const missingValues = draw.choice([Number.NaN, Number.NaN, 0]);
  const clean = (rows: number[][]) =>
    Number.isNaN(missingValues) ? rows : rows.map(row => row.map(value => (Number.isNaN(value) ? 0 : value)));
  const strategy = draw.choice(['mean', 'median', 'most_frequent', 'constant'] as const);
  const params = {
    missingValues,
    strategy,
    fillValue: strategy === 'constant' ? draw.choice([null, 5, -0.5]) : null,
    addIndicator: draw.bool(),
    keepEmptyFeatures: draw.bool(),
  };
  return twinCase(
    { name: 'SimpleImputer, odd columns', class: 'A', expectError: 'alike' },
    {
      ...{ Class: SimpleImputer, path: 'impute.SimpleImputer', params, X: clean(X) },
      get: ['statistics_', 'nFeaturesIn_'],
      calls: [['transform', clean(later)], ['getFeatureNamesOut']],
    },
  );
}

function words(draw: Draw): Case {
  const cell = () => (draw.bool(0.3) ? Number.NaN : draw.choice(['b', 'a', 'c']));
  const X: (string | number)[][] = [['a', 'b'], ...Array.from({ length: draw.integer(0, 9) }, () => [cell(), cell()])];
  const later = [...Array.from({ length: 3 }, () => [cell(), cell()]), ['zz', 'a']];
  const strategy = draw.choice(['most_frequent', 'constant'] as const);
  const params = {
    strategy,
    fillValue: strategy === 'constant' ? draw.choice([null, 'gone']) : null,
    addIndicator: draw.bool(),
    keepEmptyFeatures: draw.bool(),
  };
  return twinCase(
    { name: 'SimpleImputer of words, every option', class: 'A', expectError: 'alike' },
    {
      ...{ Class: SimpleImputer, path: 'impute.SimpleImputer', params, X },
      pythonX: { $array: X, dtype: 'object' },
      get: ['statistics_'],
      calls: [
        ['transform', { $array: later, dtype: 'object' }],
        ['getFeatureNamesOut', ['p', 'q']],
      ],
    },
  );
}

function labels(draw: Draw): Case {
  const names = draw.choice([[true, false], [1.5, -2, 0], ['b', 'B', 'é'], ['one'], [0]] as const);
  const y = draw.labels<string | number | boolean>(draw.integer(1, 12), names);
  return twinCase(
    { name: 'LabelEncoder of all kinds', class: 'A', tolerance: 0 },
    {
      ...{ Class: LabelEncoder, path: 'preprocessing.LabelEncoder', X: y },
      get: ['classes_'],
      calls: [
        ['transform', y],
        ['inverseTransform', [0]],
      ],
    },
  );
}
