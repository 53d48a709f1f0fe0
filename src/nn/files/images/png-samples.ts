/** From the unpacked lines of a PNG image to its samples (sections 7 to 9 of the standard). */
import { type PngHeader, refuse } from './png-chunks.ts';

/** Every `stepX`-th pixel of every `stepY`-th line, from the place (`x`, `y`) on. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

/** Adam7: coarse images first. */
const INTERLACED: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

/** The size of a pass's lines; a pass of a small image may have none. */
function linesOf({ width, height, depth, channels }: PngHeader, { x, y, stepX, stepY }: Pass) {
  const columns = Math.max(0, Math.ceil((width - x) / stepX));
  const lines = columns === 0 ? 0 : Math.max(0, Math.ceil((height - y) / stepY));
  return { columns, lines, bytes: Math.ceil((columns * channels * depth) / 8) };
}

const passesOf = ({ isInterlaced }: PngHeader): readonly Pass[] => (isInterlaced ? INTERLACED : WHOLE);

/** Bytes of all lines, each with its filter's number in front. */
export function lineBytes(header: PngHeader): number {
  return passesOf(header)
    .map(pass => linesOf(header, pass))
    .reduce((sum, { lines, bytes }) => sum + lines * (1 + bytes), 0);
}

/** The samples as they are stored, pixel by pixel; `lines` is written to. */
export function samplesOf(header: PngHeader, lines: Uint8Array): Uint8Array | Uint16Array {
  const { width, height, depth, channels } = header;
  const count = width * height * channels;
  const samples = depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  const pixelBytes = Math.max(1, (channels * depth) / 8);
  let at = 0;
  for (const pass of passesOf(header)) {
    const size = linesOf(header, pass);
    let above: Uint8Array = new Uint8Array(size.bytes);
    for (let j = 0; j < size.lines; j++) {
      const line = lines.subarray(at + 1, at + 1 + size.bytes);
      const unfilter = FILTERS[lines[at]!] ?? refuse('its lines must have filters 0 to 4', `${lines[at]}`);
      unfilter(line, above, pixelBytes);
      const row = (pass.y + j * pass.stepY) * width + pass.x;
      for (let i = 0; i < size.columns; i++) {
        const place = (row + i * pass.stepX) * channels;
        for (let c = 0; c < channels; c++) samples[place + c] = sampleOf(line, i * channels + c, depth);
      }
      above = line;
      at += 1 + size.bytes;
    }
  }
  return samples;
}

function sampleOf(line: Uint8Array, k: number, depth: number): number {
  if (depth === 8) return line[k]!;
  if (depth === 16) return line[2 * k]! * 256 + line[2 * k + 1]!;
  const bit = k * depth;
  return (line[bit >> 3]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Adds, byte by byte, what the encoder had foretold from the bytes to the left and above. */
type Unfilter = (line: Uint8Array, above: Uint8Array, pixelBytes: number) => void;

const FILTERS: readonly Unfilter[] = [
  () => {},
  (line, _, n) => {
    for (let i = n; i < line.length; i++) line[i]! += line[i - n]!;
  },
  (line, above) => {
    for (let i = 0; i < line.length; i++) line[i]! += above[i]!;
  },
  (line, above, n) => {
    for (let i = 0; i < line.length; i++) line[i]! += ((i < n ? 0 : line[i - n]!) + above[i]!) >> 1;
  },
  (line, above, n) => {
    for (let i = 0; i < n && i < line.length; i++) line[i]! += above[i]!;
    for (let i = n; i < line.length; i++) line[i]! += paeth(line[i - n]!, above[i]!, above[i - n]!);
  },
];

/** Whichever of left, above and above left is nearest to left + above - above left (A. W. Paeth, 1991). */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
