/** What a careless or hostile caller may pass in the place of anything. Each is made anew for each call. */
import { CsrMatrix, Matrix } from '../../src/array/index.ts';

export const TRAP = 'thrown by the getter of the caller';

export const hostileValues: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  undefined: () => undefined,
  'empty text': () => '',
  text: () => 'abc',
  NaN: () => Number.NaN,
  'minus one': () => -1,
  'one half': () => 0.5,
  huge: () => 1e308,
  infinity: () => Number.POSITIVE_INFINITY,
  true: () => true,
  bigint: () => 3n,
  symbol: () => Symbol('odd'),
  function: () => () => 1,
  class: () => Date,
  date: () => new Date(0),
  map: () => new Map([[0, 1]]),
  promise: () => Promise.resolve(1),
  'empty list': () => [],
  'empty object': () => ({}),
  'object without prototype': () => Object.create(null),
  'list of NaN': () => [Number.NaN, 1, 0, 1],
  'list of null': () => [null, null, null, null],
  'list of objects': () => [{}, {}, {}, {}],
  'list of symbols': () => [Symbol('a'), Symbol('b'), Symbol('c'), Symbol('d')],
  'list of functions': () => [() => 1, () => 1, () => 1, () => 1],
  'list of bigints': () => [1n, 0n, 1n, 0n],
  'list of mixed labels': () => [0, 'a', true, null],
  'list of text': () => ['1', '0', '1', '0'],
  'list of huge numbers': () => [1e308, -1e308, 1e308, -1e308],
  'list with holes': () => Object.assign(new Array(4), { 0: 1, 2: 0 }),
  'typed list of NaN': () => new Float64Array([Number.NaN, 1, 0, 1]),
  'list of big integers': () => new BigInt64Array(4),
  'table of no columns': () => [[], [], [], []],
  'table of NaN': () => [[Number.NaN], [1], [0], [1]],
  'table of text': () => [['a'], ['b'], ['c'], ['d']],
  'table of null': () => [null, [1], [2], [3]],
  'table with a symbol': () => [[Symbol('a')], [1], [2], [3]],
  'table of huge numbers': () => [
    [1e308, -1e308],
    [-1e308, 1e308],
    [1e308, 1e308],
    [-1e308, -1e308],
  ],
  'ragged table': () => [[1, 2], [1], [1, 2, 3], [1]],
  'three dimensions': () => [[[1]], [[2]], [[3]], [[4]]],
  'list within itself': () => {
    const list: unknown[] = [];
    list.push(list, list, list, list);
    return list;
  },
  sparse: () => CsrMatrix.fromDense(Matrix.fromRows([[0], [1], [0], [1]])),
  'data view': () => new DataView(new ArrayBuffer(8)),
  'array buffer': () => new ArrayBuffer(8),
  'endless list': () => ({ length: 1e9 }),
  'list of negative length': () => ({ length: -1 }),
  'list of half a length': () => ({ length: 3.5 }),
  'list of NaN length': () => ({ length: Number.NaN }),
  'list of text length': () => ({ length: '4' }),
  'endless table': () => ({ data: [], rows: 1e9, columns: 1e9 }),
  'table without columns': () => ({ rows: 4 }),
  'endless rows': () => ({ rows: 1e9 }),
  'rows of text': () => ({ data: [1, 2, 3, 4], rows: '4', columns: 1 }),
  'table of half rows': () => ({ data: [1, 2, 3], rows: 1.5, columns: 2 }),
  proxy: () => new Proxy({}, { get: () => undefined }),
  'proxy that is everything': () => everything(),
  'proxy that throws': () =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error(TRAP);
        },
      },
    ),
  'object that throws': () => ({
    get length(): number {
      throw new Error(TRAP);
    },
    get rows(): number {
      throw new Error(TRAP);
    },
  }),
  'list with a value that throws': () =>
    Object.defineProperty([1, 0, 1, 0], 2, {
      get: () => {
        throw new Error(TRAP);
      },
    }),
  'object that does not turn into text': () => ({
    toString() {
      throw new Error(TRAP);
    },
    toJSON() {
      throw new Error(TRAP);
    },
  }),
};

/** Answers every question with a function that answers with itself. */
function everything(): unknown {
  const answer: unknown = new Proxy(() => 1, { get: (_, name) => (name === 'then' ? undefined : answer) });
  return answer;
}
