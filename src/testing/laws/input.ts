import { CsrMatrix, Frame, Matrix } from '../../array/index.ts';
import { captureWarnings } from '../../errors/index.ts';
import { type Law, readsTables } from '../law.ts';
import { allowRefusal, call, demand, demandRefusal, demandSame, numbersOf } from '../probe.ts';

export const wrongWidthIsRefused: Law = {
  name: 'samples of another width than those of fit are refused',
  appliesTo: estimator => !estimator.traits.stateless && readsTables(estimator),
  async check(probe) {
    const estimator = await probe.fit();
    const narrow = probe.X.takeColumns([0, 1]);
    for (const method of probe.methods()) {
      await demandRefusal(() => call(estimator, method, narrow), `${method} of 2 features instead of 4`);
    }
  },
};

export const missingValuesAreRefused: Law = {
  name: 'NaN is refused in fit and predict, except where it means missing',
  appliesTo: estimator => !estimator.traits.allowNaN && estimator.traits.input !== 'any' && readsTables(estimator),
  async check(probe) {
    const X = probe.X.clone();
    X.set(2, 1, Number.NaN);
    await refuseEverywhere(probe, X, 'NaN');
  },
};

export const infinityIsRefused: Law = {
  name: 'infinity is refused in fit and predict',
  appliesTo: estimator => estimator.traits.input === undefined || estimator.traits.input === 'matrix',
  async check(probe) {
    const X = probe.X.clone();
    X.set(2, 1, Number.NEGATIVE_INFINITY);
    await refuseEverywhere(probe, X, 'Infinity');
  },
};

async function refuseEverywhere(probe: Parameters<Law['check']>[0], X: Matrix, what: string): Promise<void> {
  const error = await demandRefusal(() => probe.make().fit(X, probe.y as never), `${what} in fit`);
  demand(error.message.includes('row 2, column 1'), `the sentence must say where, received '${error.message}'`);
  const estimator = await probe.fit();
  for (const method of probe.methods()) await demandRefusal(() => call(estimator, method, X), `${what} in ${method}`);
}

export const emptyInputIsRefused: Law = {
  name: 'no samples, and no features, are refused',
  async check({ make, y }) {
    await demandRefusal(
      () => make().fit(Matrix.zeros(0, 4), (y === undefined ? undefined : []) as never),
      'a fit on 0 rows',
    );
    await demandRefusal(() => make().fit(Matrix.zeros(30, 0), y as never), 'a fit on 0 columns');
  },
};

export const raggedRowsAreRefused: Law = {
  name: 'ragged rows and text in numbers are refused, with their place',
  appliesTo: estimator => estimator.traits.input === undefined || estimator.traits.input === 'matrix',
  async check({ make, X, y }) {
    const rows: (number | string)[][] = X.toArray();
    await demandRefusal(() => make().fit([...rows.slice(0, 29), [1, 2]] as never, y as never), 'a short row');
    rows[3]![2] = 'seven';
    const error = await demandRefusal(() => make().fit(rows as never, y as never), 'text in a row');
    demand(
      error.message.includes("'seven' at row 3, column 2"),
      `the sentence must say where, received '${error.message}'`,
    );
  },
};

export const oneRowWorksOrIsRefused: Law = {
  name: 'one sample, or one feature, works or is refused by a sentence',
  appliesTo: readsTables,
  async check(probe) {
    const one = probe.rows([0]);
    await captureWarnings(() => allowRefusal(() => probe.fit(one.X, one.y), 'a fit on one row'));
    await captureWarnings(() => allowRefusal(() => probe.fit(probe.X.takeColumns([0])), 'a fit on one column'));
  },
};

export const hugeValuesGiveNoNonsense: Law = {
  name: 'values of 1e308 give finite results or are refused by a sentence',
  appliesTo: readsTables,
  async check(probe) {
    const X = probe.X.map(value => Math.sign(value) * 1e308);
    const { result } = await captureWarnings(() =>
      allowRefusal(async () => probe.outputs(await probe.fit(X), X), 'a fit on values of 1e308'),
    );
    demand(
      numbersOf(result ?? {}).every(value => Number.isFinite(value)),
      'values of 1e308 must not give NaN or infinity',
    );
  },
};

export const inputFormsAgree: Law = {
  name: 'rows, typed rows, flat data and tables give the same as a Matrix',
  appliesTo: readsTables,
  async check(probe) {
    const reference = await probe.outputs(await probe.fit());
    const forms = {
      'arrays of rows': probe.X.toArray(),
      'typed rows': Array.from({ length: probe.X.rows }, (_, i) => probe.X.row(i)),
      'flat data': { data: probe.X.data, rows: probe.X.rows, columns: probe.X.columns },
      'a table': probe.X.toTable(),
      'rows that nobody may write to': Object.freeze(probe.X.toArray().map(row => Object.freeze(row))),
      'rows that lie apart in one buffer': apart(probe.X),
    };
    for (const [name, form] of Object.entries(forms)) {
      demandSame(await probe.outputs(await probe.fit(form as never), form as never), reference, `${name} and a Matrix`);
    }
  },
};

/** Views of a buffer that holds something else between them. */
function apart(X: Matrix): Float64Array[] {
  const width = X.columns + 3;
  const buffer = new Float64Array(X.rows * width).fill(Number.NaN);
  return Array.from({ length: X.rows }, (_, i) => {
    const row = buffer.subarray(i * width + 1, i * width + 1 + X.columns);
    row.set(X.row(i));
    return row;
  });
}

export const sparseAgreesOrIsRefused: Law = {
  name: 'sparse samples give the same as dense ones, or are refused',
  async check(probe) {
    const X = probe.X.map((value, i, j) => ((i + j) % 3 === 0 ? 0 : value));
    const sparse = CsrMatrix.fromDense(X);
    const fitted = await allowRefusal(() => probe.fit(sparse), 'a fit on sparse samples');
    if (fitted === undefined) return;
    const outputs = await allowRefusal(() => probe.outputs(fitted, sparse), 'sparse samples');
    if (outputs === undefined) return;
    demandSame(outputs, await probe.outputs(await probe.fit(X), X), 'sparse and dense samples', 1e-9);
  },
};

export const featureNamesAreChecked: Law = {
  name: 'names of features are kept by fit and checked afterwards',
  appliesTo: estimator => estimator.traits.input !== 'any' && !estimator.traits.stateless && readsTables(estimator),
  async check(probe) {
    const names = ['north', 'east', 'south', 'west'];
    const table = probe.X.toTable(names);
    const estimator = await probe.fit(table);
    demandSame(estimator.featureNamesIn_, names, 'featureNamesIn_');
    const [method] = probe.methods();
    if (method === undefined) return;
    const reordered = new Frame([...table.columns].reverse());
    await demandRefusal(() => call(estimator, method, reordered), 'features in another order');
    const renamed = probe.X.toTable(['north', 'east', 'south', 'up']);
    const error = await demandRefusal(() => call(estimator, method, renamed), 'features of other names');
    demand(
      error.message.includes("'up'") && error.message.includes("'west'"),
      `the sentence must name them, received '${error.message}'`,
    );
    const { warnings } = await captureWarnings(() => call(estimator, method, probe.X));
    demand(
      warnings.some(warning => warning.kind === 'feature-names'),
      'samples without names must raise a warning',
    );
  },
};

export const orderOfRowsDoesNotMatter: Law = {
  name: 'each sample is treated by itself: any order and any batch give the same',
  async check(probe) {
    const estimator = await probe.fit();
    const all = await probe.outputs(estimator);
    const order = Array.from({ length: probe.samples.rows }, (_, i) => (i * 7) % probe.samples.rows);
    const shuffled = await probe.outputs(estimator, probe.samples.takeRows(order));
    const single = await probe.outputs(estimator, probe.samples.takeRows([3]));
    for (const [method, rows] of Object.entries(all) as [string, unknown[]][]) {
      demandSame(
        shuffled[method],
        order.map(i => rows[i]),
        `${method} in another order`,
        1e-9,
      );
      demandSame((single[method] as unknown[])[0], rows[3], `${method} of one sample alone`, 1e-7);
    }
  },
};
