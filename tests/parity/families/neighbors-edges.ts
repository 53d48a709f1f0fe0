import { KNeighborsClassifier, KNeighborsRegressor } from '../../../src/neighbors/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { twinCase } from '../twin.ts';

/** Nearest neighbors of repeated and equidistant samples, by every metric, weights and several outputs. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(60, classifier), ...times(40, regressor), ...times(20, graph), ...times(10, amounts)].map(item => ({
    ...item,
    liveOnly: true,
  }));
}

function params(draw: Draw, columns: number) {
  const algorithm = draw.choice(['auto', 'brute', 'kd_tree', 'ball_tree'] as const);
  const boxes = ['minkowski', 'euclidean', 'manhattan', 'chebyshev', 'l1', 'l2', 'cityblock'] as const;
  // In few columns canberra is 1 for every change of sign, and neighbors tie.
  const flat = algorithm === 'kd_tree' ? [] : columns > 2 ? (['canberra', 'hamming'] as const) : (['hamming'] as const);
  const brute =
    algorithm === 'brute' || algorithm === 'auto' ? (['cosine', 'sqeuclidean', 'correlation'] as const) : [];
  const metric = draw.choice([...boxes, ...flat, ...(columns > 2 ? brute : [])]);
  const p = metric === 'minkowski' ? draw.choice([1, 2, 3, 1.5, 5]) : 2;
  const isWeighted = metric === 'minkowski' && algorithm !== 'kd_tree' && draw.bool(0.3);
  return {
    ...{ algorithm, metric, p, nNeighbors: draw.integer(1, 8), leafSize: draw.choice([1, 3, 30]) },
    ...{
      weights: draw.choice(['uniform', 'distance', null] as const),
      metricParams: isWeighted ? { w: draw.uniforms(columns, 0.5, 2) } : null,
    },
  };
}

/** Samples three times over: neighbors tie in threes, and where all of a place are taken their order does not matter. */
function repeated(draw: Draw, columns: number) {
  const places = draw.normal(draw.integer(6, 15), columns);
  return places.flatMap(place => [place, place, place]);
}

function classifier(draw: Draw): Case {
  const columns = draw.integer(1, 5);
  const given = params(draw, columns);
  const isRepeated = given.metric !== 'hamming' && draw.bool(0.3);
  const X =
    given.metric === 'hamming'
      ? draw.normal(20, columns)
      : isRepeated
        ? repeated(draw, columns)
        : draw.normal(draw.integer(9, 50), columns);
  const all = isRepeated
    ? { ...given, nNeighbors: draw.choice([3, 6]) }
    : given.metric === 'hamming'
      ? { ...given, nNeighbors: X.length }
      : given;
  const later = [
    ...draw.normal(6, columns),
    ...(all.algorithm === 'kd_tree' || all.algorithm === 'ball_tree' ? X.slice(0, 3) : []),
  ];
  const names = draw.choice([[true, false], ['b', 'a', 'c'], [3, -1, 0, 8], ['one']] as const);
  const outputs = draw.choice([1, 1, 1, 2]);
  const lists = Array.from({ length: outputs }, () => draw.labels<string | number | boolean>(X.length, names));
  const y = outputs === 1 ? lists[0]! : X.map((_, i) => lists.map(list => list[i]!));
  return twinCase(
    { name: `KNeighborsClassifier, odd data, ${all.metric}`, class: 'A', tolerance: 1e-6, expectError: 'alike' },
    {
      ...{ Class: KNeighborsClassifier, path: 'neighbors.KNeighborsClassifier', params: all, X, y },
      get: ['classes_', 'nSamplesFit_'],
      calls: [
        ['predictProba', later],
        ['predict', later],
        ...(outputs === 1 ? [['score', X.slice(0, 0).concat(later), later.map((_, i) => lists[0]![i]!)] as const] : []),
      ],
    },
  );
}

function regressor(draw: Draw): Case {
  const columns = draw.integer(1, 20);
  const given = params(draw, columns);
  const X =
    given.metric === 'hamming' ? draw.integerTable(9, columns, 0, 1) : draw.normal(draw.integer(9, 60), columns);
  const all = given.metric === 'hamming' ? { ...given, nNeighbors: 9 } : given;
  const later = draw.normal(6, columns);
  const y = draw.bool(0.3)
    ? draw.normal(X.length, 2)
    : draw.choice([draw.normals(X.length), draw.integers(X.length, 0, 3)]);
  return twinCase(
    { name: `KNeighborsRegressor, odd data, ${all.metric}`, class: 'A', tolerance: 1e-6, expectError: 'alike' },
    {
      ...{ Class: KNeighborsRegressor, path: 'neighbors.KNeighborsRegressor', params: all, X, y },
      calls: [
        ['predict', later],
        ['score', later, y.slice(0, 6)],
      ],
    },
  );
}

function graph(draw: Draw): Case {
  const X = draw.normal(draw.integer(5, 20), 3);
  const later = draw.normal(3, 3);
  const mode = draw.choice(['connectivity', 'distance'] as const);
  const nNeighbors = draw.integer(1, 4);
  const isTree = draw.bool();
  return twinCase(
    { name: 'kneighborsGraph', class: 'A', tolerance: 1e-6 },
    {
      ...{
        Class: KNeighborsRegressor,
        path: 'neighbors.KNeighborsRegressor',
        params: { nNeighbors: 4, algorithm: isTree ? 'kd_tree' : 'brute' },
        X,
        y: draw.normals(X.length),
      },
      calls: [
        ['kneighborsGraph', later, { $kwargs: { mode, nNeighbors } }],
        ['kneighborsGraph', null, { $kwargs: { mode } }],
      ],
    },
  );
}

/** Amounts of which some samples have none at all. */
function amounts(draw: Draw): Case {
  const columns = draw.integer(2, 5);
  const none = Array.from({ length: draw.integer(1, 4) }, () => new Array<number>(columns).fill(0));
  const some = (rows: number) => draw.normal(rows, columns).map(row => row.map(Math.abs));
  const X = [...none, ...some(15)];
  const params = {
    metric: draw.choice(['braycurtis', 'canberra'] as const),
    algorithm: draw.choice(['auto', 'brute'] as const),
    nNeighbors: none.length,
  };
  return twinCase(
    { name: 'KNeighborsRegressor of amounts', class: 'A' },
    {
      ...{ Class: KNeighborsRegressor, path: 'neighbors.KNeighborsRegressor', params, X, y: draw.normals(X.length) },
      calls: [['predict', [none[0]!, ...some(4)]]],
    },
  );
}
