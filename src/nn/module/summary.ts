import { Tensor } from '../tensor/index.ts';
import type { AnyModule } from './hooks.ts';
import { inEvaluation } from './in-evaluation.ts';
import type { Module } from './module.ts';

/** One module of a summary. */
export interface SummaryRow {
  /** Path from the model; empty for itself. */
  readonly name: string;
  /** Shape of what it gave; null where that is no tensor, or where it was not called. */
  readonly output: readonly number[] | null;
  /** Values of the parameters that it holds itself. */
  readonly parameters: number;
}

/**
 * What each module of a model gives for some inputs, and how many parameters it holds. The model is run once, in
 * evaluation and without a tape, and is left as it was.
 *
 * @example
 * import { Linear, ReLU, Sequential, summary, zeros } from 'fitwise/nn';
 * const model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
 * summary(model, zeros([3, 4])).map(({ parameters }) => parameters); // [0, 40, 0, 18]
 */
export function summary<Inputs extends readonly unknown[]>(
  model: Module<Inputs, unknown>,
  ...inputs: Inputs
): readonly SummaryRow[] {
  const modules = [...(model as AnyModule).namedModules()];
  const outputs = new Map<AnyModule, unknown>();
  const stops = modules.map(([, module]) =>
    module.registerForwardHook((_, __, output) => {
      outputs.set(module, output);
      return undefined;
    }),
  );
  try {
    inEvaluation([model as AnyModule], () => model.forward(...inputs));
  } finally {
    for (const stop of stops) stop();
  }
  return modules.map(([name, module]) => {
    const output = outputs.get(module);
    return { name, output: output instanceof Tensor ? output.shape : null, parameters: ownSize(module) };
  });
}

/** Values of a module's parameters without those of the modules that it holds. */
function ownSize(module: AnyModule): number {
  const below = new Set([...module.namedChildren()].flatMap(([, child]) => child.parameters()));
  return module.parameters().reduce((sum, parameter) => sum + (below.has(parameter) ? 0 : parameter.size), 0);
}
