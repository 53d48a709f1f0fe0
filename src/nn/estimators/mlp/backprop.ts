import type { Matrix } from '../../../array/index.ts';
import { inBlocks, type Work } from '../../../work/index.ts';
import { ACTIVATIONS, CHAINS, type HiddenActivation, type OutputActivation } from './activations.ts';
import type { Layout } from './layout.ts';
import { type LossName, LossSum } from './losses.ts';
import { OrdinaryWorkspace, type Workspace } from './workspace.ts';

/** What samples pass through. */
export interface Layers {
  readonly layout: Layout;
  readonly hidden: HiddenActivation;
  readonly output: OutputActivation;
}

/** Layers with what is minimised. */
export interface Network extends Layers {
  readonly loss: LossName;
  /** Strength of the penalty: half of it times the squared weights, over the weight of the batch, is added. */
  readonly alpha: number;
}

/** Samples with their targets: (n, inputs) and (n, outputs). */
export interface Batch {
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly weights: Float64Array | undefined;
}

/** The output of the network for each sample: (n, inputs) gives (n, outputs). */
export function* forward(network: Layers, params: Float64Array, X: Matrix): Work<Matrix> {
  return (yield* passForward(network, params, X, new OrdinaryWorkspace())).at(-1)!;
}

/**
 * The mean loss of a batch with its penalty; the gradient is written to `gradient`. Cost: three products per layer.
 *
 * Source: D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating errors", Nature 323
 * (1986).
 */
export function* lossGradient(
  network: Network,
  params: Float64Array,
  batch: Batch,
  gradient: Float64Array,
  workspace: Workspace,
): Work<number> {
  const { layout, hidden } = network;
  const { rows } = batch.X;
  const values = yield* passForward(network, params, batch.X, workspace);
  const total = batch.weights === undefined ? rows : batch.weights.reduce((sum, weight) => sum + weight, 0);
  const last = workspace.take('last deltas', rows, layout.sizes.at(-1)!);
  const loss = yield* judge(network, batch, values.at(-1)!, last);
  yield* sumRowsInto(last, layout.biases(gradient, layout.nLayers - 1));
  let deltas = last;
  for (let layer = layout.nLayers - 1; layer >= 0; layer--) {
    yield* workspace.multiply(values[layer]!, deltas, layout.weights(gradient, layer), { transposeA: true });
    if (layer === 0) break;
    const before = workspace.take(`deltas ${layer}`, rows, layout.sizes[layer]!);
    yield* workspace.multiply(deltas, layout.weights(params, layer), before, { transposeB: true });
    yield* chainInto(hidden, values[layer]!, before, layout.biases(gradient, layer - 1), workspace);
    deltas = before;
  }
  return loss + (yield* penalise(network, params, gradient, total));
}

/** The samples, and what each layer makes of them. */
function* passForward(
  { layout, hidden, output }: Layers,
  params: Float64Array,
  X: Matrix,
  workspace: Workspace,
): Work<Matrix[]> {
  const values = [X];
  for (let layer = 0; layer < layout.nLayers; layer++) {
    const Z = workspace.take(`values ${layer}`, X.rows, layout.sizes[layer + 1]!);
    yield* workspace.multiply(values[layer]!, layout.weights(params, layer), Z);
    const isLast = layer === layout.nLayers - 1;
    yield* activate(isLast ? output : hidden, Z, layout.biases(params, layer), workspace);
    values.push(Z);
  }
  return values;
}

/** Turns the sums of a layer into what its units give. */
function* activate(
  name: HiddenActivation | OutputActivation,
  Z: Matrix,
  biases: Float64Array,
  workspace: Workspace,
): Work<void> {
  yield* inBlocks(Z.rows, Z.columns, (from, to) => {
    const rows = Z.data.subarray(from * Z.columns, to * Z.columns);
    if (name === 'relu') return workspace.rectify(rows, biases);
    for (let at = 0; at < rows.length; ) for (let k = 0; k < Z.columns; k++, at++) rows[at]! += biases[k]!;
    ACTIVATIONS[name](Z, from, to);
  });
}

/** Multiplies what flows back by the slopes of a layer that gave A, and sums it by units. */
function* chainInto(
  hidden: HiddenActivation,
  A: Matrix,
  deltas: Matrix,
  sums: Float64Array,
  workspace: Workspace,
): Work<void> {
  if (hidden === 'relu') {
    sums.fill(0);
    yield* inBlocks(A.rows, A.columns, (from, to) => {
      const rows = ({ data, columns }: Matrix) => data.subarray(from * columns, to * columns);
      workspace.rectifyBack(rows(A), rows(deltas), sums);
    });
    return;
  }
  yield* inBlocks(A.rows, A.columns, (from, to) => CHAINS[hidden](A, deltas, from, to));
  yield* sumRowsInto(deltas, sums);
}

/** The loss; its weighted slopes before the last activation, `weight * (output - target)`, go to `deltas`. */
function* judge({ loss: name }: Network, { Y, weights }: Batch, outputs: Matrix, deltas: Matrix): Work<number> {
  const sum = new LossSum(name, outputs.columns);
  yield* inBlocks(outputs.rows, outputs.columns, (from, to) => {
    sum.add(Y, outputs, weights, from, to);
    for (let i = from, at = from * outputs.columns; i < to; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      for (let k = 0; k < outputs.columns; k++, at++) deltas.data[at] = weight * (outputs.data[at]! - Y.data[at]!);
    }
  });
  return sum.mean();
}

function* sumRowsInto({ data, rows, columns }: Matrix, sums: Float64Array): Work<void> {
  sums.fill(0);
  yield* inBlocks(rows, columns, (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      for (let k = 0; k < columns; k++, at++) sums[k]! += data[at]!;
    }
  });
}

/** Turns summed slopes into mean ones and adds the penalty's; gives the penalty. */
function* penalise({ layout, alpha }: Network, params: Float64Array, gradient: Float64Array, total: number) {
  let squares = 0;
  yield* inBlocks(layout.length, 1, (from, to) => {
    squares = penaliseRange(params, gradient, alpha, total, from, Math.min(to, layout.nWeights), squares);
    for (let at = Math.max(from, layout.nWeights); at < to; at++) gradient[at]! /= total;
  });
  return (0.5 * alpha * squares) / total;
}

/** The weights `from .. to - 1`: gives the sum of squares so far with theirs. */
function penaliseRange(
  params: Float64Array,
  gradient: Float64Array,
  alpha: number,
  total: number,
  from: number,
  to: number,
  before: number,
): number {
  let squares = before;
  for (let at = from; at < to; at++) {
    const weight = params[at]!;
    squares += weight * weight;
    gradient[at] = (gradient[at]! + alpha * weight) / total;
  }
  return squares;
}
