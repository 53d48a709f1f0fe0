import { checkParams, integer, type OptionsOf, share, value } from '../../check/index.ts';
import type { RunOptions } from '../../work/index.ts';
import type { Module } from '../module/index.ts';
import { StateCopy } from '../module/state-copy.ts';
import { adam, Optimizer, type Transform } from '../optimizers/index.ts';
import { Trainer, type TrainerOptions, type TrainingBatch } from '../train/index.ts';

const spec = {
  /** Steps to take. Default 200. */
  steps: integer({ min: 1, default: 200 }),
  /** The loss must fall to this share of the first. Default 0.05. */
  share: share({ default: 0.05 }),
  /** The rule of the steps. Default `adam({ lr: 0.01 })`. */
  rule: value<Transform>({
    default: adam({ lr: 0.01 }),
    expected: 'a rule, such as adam()',
    accepts: given => typeof (given as Transform | null)?.update === 'function',
  }),
};

export interface OverfitOptions<Output, Target> extends OptionsOf<typeof spec>, RunOptions {
  readonly loss: TrainerOptions<Output, Target>['loss'];
}

/** How a model learned a batch by heart. */
export interface Overfit {
  /** Whether the loss fell as far as it had to. */
  readonly isLearned: boolean;
  /** Of each step. */
  readonly losses: readonly number[];
}

/**
 * Whether a model can learn one batch by heart: if it cannot, something in it, in its loss or in its labels is wrong.
 * The model is left as it was.
 *
 * @param batch a few samples; with targets that a function of the inputs can meet
 * @throws InvalidParamError on options that are wrong
 *
 * @example
 * import { crossEntropy, Linear, overfitOneBatch, ReLU, Sequential, tensor } from 'fitwise/nn';
 * const model = new Sequential(new Linear(2, 16, { randomState: 0 }), new ReLU(), new Linear(16, 2, { randomState: 1 }));
 * const batch = { x: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), y: tensor([0, 1, 1, 0]) };
 * const { isLearned, losses } = await overfitOneBatch(model, batch, { loss: crossEntropy });
 * isLearned; // true
 * losses.length; // 200
 */
export async function overfitOneBatch<Output, Target>(
  model: Module<readonly unknown[], Output>,
  batch: TrainingBatch<Target>,
  { loss, signal, onProgress, ...options }: OverfitOptions<NoInfer<Output>, NoInfer<Target>>,
): Promise<Overfit> {
  const { steps, share, rule } = checkParams('overfitOneBatch', spec, options);
  const restore = keepState(model);
  const optimizer = new Optimizer(model.parameters(), rule);
  const first = optimizer.getState();
  try {
    const trainer = new Trainer(model, { optimizer, loss });
    const run = { ...(signal === undefined ? {} : { signal }), ...(onProgress === undefined ? {} : { onProgress }) };
    const { values } = await trainer.fit([batch], { epochs: steps, ...run });
    const losses = values.loss!;
    return { isLearned: losses.at(-1)! <= share * losses[0]!, losses };
  } finally {
    // What it remembers may lie on a device, which frees it then.
    optimizer.setState(first);
    restore();
  }
}

/** What sets a model back to its values, its generators, its modes and its gradients of now. */
function keepState(model: Module<readonly unknown[], unknown>): () => void {
  const values = new StateCopy(model);
  const generators = model.namedGenerators().map(([, generator]) => [generator, generator.getState()] as const);
  const modes = [...model.namedModules()].map(([, module]) => [module, module.training] as const);
  const gradients = model.parameters().map(parameter => [parameter, parameter.grad] as const);
  return () => {
    values.restore();
    values.letGo();
    for (const [generator, state] of generators) generator.setState(state);
    for (const [module, training] of modes) module.training = training;
    for (const [parameter, grad] of gradients) parameter.grad = grad;
  };
}
