import { Matrix } from '../../../array/index.ts';

/**
 * Where a network's parameters lie in one list: the weights of every layer, row by row, then the biases of every
 * layer. Solvers work on the list, passes through the network on views of it.
 */
export class Layout {
  /** Units of the input, of each hidden layer, and of the output. */
  readonly sizes: readonly number[];
  /** Weights come first, so many; only they are penalised. */
  readonly nWeights: number;
  readonly length: number;

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    this.nWeights = sizes.slice(1).reduce((sum, size, layer) => sum + size * sizes[layer]!, 0);
    this.length = this.nWeights + sizes.slice(1).reduce((sum, size) => sum + size, 0);
  }

  /** How many times a sample is multiplied on its way from the input to the output. */
  get nLayers(): number {
    return this.sizes.length - 1;
  }

  /** units before × units after, as a view. */
  weights(params: Float64Array, layer: number): Matrix {
    let start = 0;
    for (let k = 0; k < layer; k++) start += this.sizes[k]! * this.sizes[k + 1]!;
    const rows = this.sizes[layer]!;
    const columns = this.sizes[layer + 1]!;
    return new Matrix(params.subarray(start, start + rows * columns), rows, columns);
  }

  /** One per unit after, as a view. */
  biases(params: Float64Array, layer: number): Float64Array {
    let start = this.nWeights;
    for (let k = 0; k < layer; k++) start += this.sizes[k + 1]!;
    return params.subarray(start, start + this.sizes[layer + 1]!);
  }
}
