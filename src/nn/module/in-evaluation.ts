import { noGrad } from '../tensor/index.ts';
import type { AnyModule } from './hooks.ts';

/** Runs `body` without a tape and with the models in evaluation, and leaves each of their modules in its own mode. */
export function inEvaluation<T>(models: readonly AnyModule[], body: () => T): T {
  const trained = models.flatMap(model => [...model.namedModules()]).filter(([, module]) => module.training);
  try {
    for (const model of models) model.eval();
    return noGrad(body);
  } finally {
    for (const [, module] of trained) module.training = true;
  }
}
