import type { BlockMath } from './block.ts';

/** What kernel.as.ts exports; its arguments are addresses of a block's parts in the arena, and their sizes. */
export interface LinearLossExports {
  multiplyRows(x: number, rows: number, columns: number, coefficients: number, lanes: number, scores: number): void;
  multiplyRowsByOne(x: number, rows: number, columns: number, coefficients: number, scores: number): void;
  sigmoidLoss(
    scores: number,
    rows: number,
    codes: number,
    weights: number,
    probabilities: number,
    constants: number,
  ): number;
  softmaxLoss(
    scores: number,
    rows: number,
    outputs: number,
    lanes: number,
    codes: number,
    weights: number,
    probabilities: number,
    totals: number,
    constants: number,
  ): number;
  addProducts(x: number, rows: number, columns: number, derivatives: number, lanes: number, sums: number): void;
  multiplyLists(
    values: number, offsets: number, ends: number, rows: number, columns: number, coefficients: number,
    lanes: number, scores: number,
  ): void; // biome-ignore format: as the kernel's parameters
  addListProducts(
    values: number, offsets: number, ends: number, rows: number, columns: number, derivatives: number,
    lanes: number, sums: number,
  ): void; // biome-ignore format: as the kernel's parameters
  addProductsByOne(x: number, rows: number, columns: number, derivatives: number, sums: number): void;
}

/** The compiled version, for blocks in the arena, where its constants stand at an address of their own. */
export function fastMath(kernel: LinearLossExports, constants: number): BlockMath {
  return {
    multiply({ x, lists, columns, coefficients: { byteOffset: w }, lanes, scores: { byteOffset: to } }, rows) {
      if (lists !== undefined) {
        const { values, offsets, ends } = lists.ofRows;
        kernel.multiplyLists(values, offsets, ends, rows, columns, w, lanes, to);
      } else if (lanes === 1) kernel.multiplyRowsByOne(x.byteOffset, rows, columns, w, to);
      else kernel.multiplyRows(x.byteOffset, rows, columns, w, lanes, to);
    },
    loss(
      { scores, codes: { byteOffset: c }, weights: { byteOffset: w }, probabilities, totals, outputs, lanes },
      rows,
    ) {
      const [at, to] = [scores.byteOffset, probabilities.byteOffset];
      return lanes === 1
        ? kernel.sigmoidLoss(at, rows, c, w, to, constants)
        : kernel.softmaxLoss(at, rows, outputs, lanes, c, w, to, totals.byteOffset, constants);
    },
    addProducts({ x, lists, columns, scores: { byteOffset: g }, lanes, sums: { byteOffset: to } }, rows) {
      if (lists !== undefined) {
        const { values, offsets, ends } = lists.ofColumns;
        kernel.addListProducts(values, offsets, ends, rows, columns, g, lanes, to);
      } else if (lanes === 1) kernel.addProductsByOne(x.byteOffset, rows, columns, g, to);
      else kernel.addProducts(x.byteOffset, rows, columns, g, lanes, to);
    },
  };
}
