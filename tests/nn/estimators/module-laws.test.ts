/** The laws of estimators, but for those of files: a model whose module is made by a function cannot be saved. */
import { describe, test } from 'vitest';
import { ModuleClassifier, ModuleRegressor } from '../../../src/nn/index.ts';
import { checkEstimator } from '../../../src/testing/index.ts';

const waived = { 'what is saved and loaded': 'its module is made by a function' };
const FACTORIES = {
  ModuleClassifier: () => new ModuleClassifier({ lr: 0.1, maxIter: 60, batchSize: 8, randomState: 0 }),
  ModuleRegressor: () => new ModuleRegressor({ lr: 3, maxIter: 150, batchSize: 8, randomState: 0 }),
};

for (const [name, make] of Object.entries(FACTORIES)) {
  describe(name, () => {
    for (const law of checkEstimator(make, { waived })) test(law.name, law.run);
  });
}
