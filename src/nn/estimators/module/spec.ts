import { boolean, either, integer, oneOf, real, seed, share, value } from '../../../check/index.ts';
import type { RandomState } from '../../../random/index.ts';
import { Linear } from '../../layers/index.ts';
import type { Module } from '../../module/index.ts';
import { adam, adamw, sgd, type Transform } from '../../optimizers/index.ts';

/** What a network has to fit: the width of the samples, and of what it gives. */
export interface ModuleShape {
  readonly nFeatures: number;
  readonly nOutputs: number;
}

/** Makes a network; its first weights and its dropout draw from `random`. */
export type MakeModule = (shape: ModuleShape, random: RandomState) => Module;

export type MakeRule = (lr: number) => Transform;

const RULES: Readonly<Record<'adam' | 'adamw' | 'sgd', MakeRule>> = {
  adam: lr => adam({ lr }),
  adamw: lr => adamw({ lr }),
  sgd: lr => sgd({ lr }),
};

/** Parameters that both estimators have. */
export const moduleSpec = {
  /** Makes the network from the numbers of features and outputs; a single linear layer by default. */
  module: functionRule<MakeModule>(({ nFeatures, nOutputs }, random) => {
    return new Linear(nFeatures, nOutputs, { randomState: random });
  }),
  /** The rule of the steps: a name, or a function from the learning rate to a rule of your own. */
  optimizer: either(oneOf(['adam', 'adamw', 'sgd'], { default: 'adam' }), functionRule<MakeRule>(RULES.adam)),
  /** Learning rate. */
  lr: real({ above: 0, default: 0.001 }),
  /** Most epochs. */
  maxIter: integer({ min: 1, default: 20 }),
  /** Samples in a mini-batch. */
  batchSize: integer({ min: 1, default: 32 }),
  /** Visit the samples in another order in each epoch. */
  shuffle: boolean({ default: true }),
  /** Stop when the loss of held-out samples no longer falls, and keep the best weights. */
  earlyStopping: boolean({ default: false }),
  /** The share of the samples held out, where `fit` is not given `validation`. */
  validationFraction: share({ default: 0.1 }),
  /** Epochs without improvement after which training stops. */
  nIterNoChange: integer({ min: 1, default: 10 }),
  /** An improvement of the held-out loss by less than this is none. */
  tol: real({ min: 0, default: 1e-4 }),
  /** Seed of the first weights, of dropout, of the held-out samples and of the order of the samples. */
  randomState: seed(),
};

export function ruleOf(optimizer: 'adam' | 'adamw' | 'sgd' | MakeRule, lr: number): Transform {
  return (typeof optimizer === 'string' ? RULES[optimizer] : optimizer)(lr);
}

function functionRule<F>(ownDefault: F) {
  return value<F>({
    default: ownDefault,
    expected: 'a function',
    accepts: candidate => typeof candidate === 'function',
  });
}
