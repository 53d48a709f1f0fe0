import type { Matrix } from '../../../array/index.ts';
import { matmulWork } from '../../../kernels/index.ts';
import { inBlocks, type Work } from '../../../work/index.ts';
import { ACTIVATIONS, CHAINS, type HiddenActivation, type OutputActivation } from './activations.ts';
import type { Layout } from './layout.ts';
import { type LossName, LossSum } from './losses.ts';

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
  let A = X;
  for (let layer = 0; layer < network.layout.nLayers; layer++) A = yield* activate(network, params, layer, A);
  return A;
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
): Work<number> {
  const { layout, hidden } = network;
  const values = [batch.X];
  for (let layer = 0; layer < layout.nLayers; layer++) {
    values.push(yield* activate(network, params, layer, values[layer]!));
  }
  const total = batch.weights === undefined ? batch.X.rows : batch.weights.reduce((sum, weight) => sum + weight, 0);
  const { loss, deltas: last } = yield* judge(network, batch, values.at(-1)!);
  let deltas = last;
  for (let layer = layout.nLayers - 1; layer >= 0; layer--) {
    const slopes = yield* matmulWork(values[layer]!, deltas, { transposeA: true });
    layout.weights(gradient, layer).data.set(slopes.data);
    yield* sumRowsInto(deltas, layout.biases(gradient, layer));
    if (layer === 0) break;
    const before = yield* matmulWork(deltas, layout.weights(params, layer), { transposeB: true });
    const value = values[layer]!;
    yield* inBlocks(before.rows, before.columns, (from, to) => CHAINS[hidden](value, before, from, to));
    deltas = before;
  }
  return loss + (yield* penalise(network, params, gradient, total));
}

/** One layer: what its units give. */
function* activate({ layout, hidden, output }: Layers, params: Float64Array, layer: number, A: Matrix): Work<Matrix> {
  const Z = yield* matmulWork(A, layout.weights(params, layer));
  const biases = layout.biases(params, layer);
  const activation = ACTIVATIONS[layer === layout.nLayers - 1 ? output : hidden];
  yield* inBlocks(Z.rows, Z.columns, (from, to) => {
    for (let i = from, at = from * Z.columns; i < to; i++) {
      for (let k = 0; k < Z.columns; k++, at++) Z.data[at]! += biases[k]!;
    }
    activation(Z, from, to);
  });
  return Z;
}

/** The loss, and its weighted slopes before the last activation: `weight * (output - target)`. */
function* judge({ loss: name }: Network, { Y, weights }: Batch, outputs: Matrix) {
  const sum = new LossSum(name, outputs.columns);
  const deltas = outputs.clone();
  yield* inBlocks(outputs.rows, outputs.columns, (from, to) => {
    sum.add(Y, outputs, weights, from, to);
    for (let i = from, at = from * outputs.columns; i < to; i++) {
      const weight = weights === undefined ? 1 : weights[i]!;
      for (let k = 0; k < outputs.columns; k++, at++) deltas.data[at] = weight * (outputs.data[at]! - Y.data[at]!);
    }
  });
  return { loss: sum.mean(), deltas };
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
    for (let at = from; at < to; at++) {
      if (at < layout.nWeights) {
        squares += params[at]! * params[at]!;
        gradient[at]! += alpha * params[at]!;
      }
      gradient[at]! /= total;
    }
  });
  return (0.5 * alpha * squares) / total;
}
