/** What kernel.as.ts exports, which says what the parameters mean. */
export interface WindowExports {
  readonly pad: MovePadded;
  readonly cut: MovePadded;
  readonly unfold: MoveWindows;
  readonly fold: MoveWindows;
  readonly fillRows: (values: number, rows: number, width: number, out: number) => void;
}

type MovePadded = (
  from: number, channels: number, height: number, width: number, top: number, left: number, lines: number,
  line: number, to: number,
) => void; // biome-ignore format: as the kernel's parameters

type MoveWindows = (
  padded: number, channels: number, lines: number, line: number, kernelHeight: number, kernelWidth: number,
  strideY: number, strideX: number, dilationY: number, dilationX: number, first: number, count: number, width: number,
  columns: number,
) => void; // biome-ignore format: as the kernel's parameters
