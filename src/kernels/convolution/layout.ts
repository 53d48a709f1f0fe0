import { ownArena } from '../arena.ts';
import { PANEL_BYTES, PANEL_ROWS } from '../matmul/blocked.ts';
import { DEPTH } from '../matmul/product.ts';
import { Places } from '../places.ts';
import { type ConvolutionSize, linesOf, productOf } from './sizes.ts';

export const FLOAT = Float32Array.BYTES_PER_ELEMENT;
/** Floats that may be touched behind an image or its columns. */
const BEHIND = 4;

/** Pointers to what one image needs in the arena, and to the weight. */
export type Layout = Readonly<Record<keyof ReturnType<typeof lengthsOf>, number>>;

/** Lends the arena to a convolution; `floats` is all of it. */
export function withLayout(size: ConvolutionSize, body: (at: Layout, floats: Float32Array) => void): void {
  const lengths = Object.entries(lengthsOf(size));
  const places = new Places();
  const offsets = lengths.map(([name, length]) => [name, places.take(length * FLOAT)] as const);
  const loan = ownArena.borrow(places.bytes);
  try {
    const at = Object.fromEntries(offsets.map(([name, offset]) => [name, loan.pointer + offset])) as Layout;
    body(at, ownArena.floats);
  } finally {
    ownArena.giveBack(loan);
  }
}

/** Lines of a padded image, and their length. */
export function paddedExtent({ input, padding }: ConvolutionSize): [lines: number, line: number] {
  return [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
}

function lengthsOf(size: ConvolutionSize) {
  const { channels, outChannels, groups, input } = size;
  const { rows, depth, places } = productOf(size);
  const [lines, line] = paddedExtent(size);
  const strip = linesOf(size) * size.output[1];
  return {
    image: channels * input[0] * input[1] + BEHIND,
    padded: channels * lines * line + BEHIND,
    columns: depth * strip + BEHIND,
    output: outChannels * places,
    bias: outChannels,
    weight: outChannels * depth,
    packedWeight: groups * Math.max(filled(rows) * depth, filled(depth) * rows),
    packedRows: filled(rows) * DEPTH,
    packedColumns: Math.max(filled(strip), filled(depth)) * DEPTH,
    tile: PANEL_ROWS * filled(1),
  };
}

/** Rows or columns, filled up to whole panels. */
function filled(count: number): number {
  const lanes = PANEL_BYTES / FLOAT;
  return lanes * Math.ceil(count / lanes);
}
