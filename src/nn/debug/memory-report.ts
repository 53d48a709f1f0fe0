import type { AnyModule } from '../module/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { observeTape, Tensor } from '../tensor/index.ts';
import { mapLeaves } from '../tensor/tree.ts';
import { type ModulePath, withModulePaths } from './module-path.ts';

export interface MemoryReportOptions {
  /** Whose state is counted. Default: none. */
  readonly optimizer?: Optimizer;
  /** A forward pass with its loss: what it keeps for backward is counted. It is run once. Default: none. */
  readonly run?: () => unknown;
}

/** What the operations of one kind in one module keep for backward. */
export interface SavedMemory {
  /** Path of the module, empty for the model itself; null outside of it. */
  readonly module: ModulePath;
  readonly operation: string;
  readonly bytes: number;
}

/** Bytes by what they hold. */
export interface MemoryReport {
  readonly parameters: number;
  readonly buffers: number;
  /** Those that there are now. */
  readonly gradients: number;
  readonly optimizer: number;
  /** What the tape keeps for backward besides parameters and buffers. */
  readonly saved: number;
  readonly total: number;
  /** `saved` by module and operation, in the order in which they ran first; what several keep counts for the first. */
  readonly savedBy: readonly SavedMemory[];
}

/**
 * How many bytes a model takes for its training.
 *
 * Besides what is counted, the tape keeps small tables (places of maxima and of chosen rows, means and variances), and a
 * step needs room for gradients of activations while it runs. Modules that a sequence runs in one pass are run one by one
 * here, so that each is named: such a pass keeps one array where they keep several.
 *
 * @example
 * import { adam, Linear, memoryReport, Optimizer, randn, ReLU, Sequential } from 'fitwise/nn';
 * const model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 1));
 * const optimizer = new Optimizer(model.parameters(), adam());
 * const report = memoryReport(model, { optimizer, run: () => model.forward(randn([16, 4], 0)) });
 * report.parameters; // 196
 * report.savedBy.map(({ module, operation, bytes }) => [module, operation, bytes]); // [['0', 'linear', 256], ['1', 'relu', 512]]
 */
export function memoryReport(model: AnyModule, { optimizer, run }: MemoryReportOptions = {}): MemoryReport {
  const parameters = model.parameters();
  const buffers = model.namedBuffers().map(([, buffer]) => buffer);
  const gradients = parameters.flatMap(({ grad }) => (grad === null ? [] : [grad]));
  const savedBy = run === undefined ? [] : savedIn(model, run, new Set([...parameters, ...buffers].map(dataOf)));
  const bytes = {
    parameters: bytesOf(parameters),
    buffers: bytesOf(buffers),
    gradients: bytesOf(gradients),
    optimizer: optimizer === undefined ? 0 : bytesOf(optimizer.getState()),
    saved: savedBy.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  return { ...bytes, total: Object.values(bytes).reduce((sum, part) => sum + part), savedBy };
}

/** @param counted arrays that count elsewhere */
function savedIn(model: AnyModule, run: () => unknown, counted: Set<ArrayBufferLike>): SavedMemory[] {
  const rows = new Map<string, SavedMemory>();
  withModulePaths(model, current => {
    const onSave = (operation: string, _: Tensor, kept: unknown) => {
      const fresh = arraysIn(kept).filter(({ buffer }) => !counted.has(buffer));
      if (fresh.length === 0) return;
      for (const { buffer } of fresh) counted.add(buffer);
      const module = current();
      const key = `${module}\n${operation}`;
      const bytes = (rows.get(key)?.bytes ?? 0) + bytesOf(fresh);
      rows.set(key, { module, operation, bytes });
    };
    observeTape({ onSave }, run);
  });
  return [...rows.values()];
}

function dataOf({ data }: Tensor): ArrayBufferLike {
  return data.buffer;
}

/** The arrays in lists, records and tensors. */
function arraysIn(tree: unknown): ArrayBufferView[] {
  const found: ArrayBufferView[] = [];
  mapLeaves(tree, leaf => {
    if (leaf instanceof Tensor) found.push(leaf.data);
    else if (ArrayBuffer.isView(leaf)) found.push(leaf);
  });
  return found;
}

function bytesOf(tree: unknown): number {
  return arraysIn(tree).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
