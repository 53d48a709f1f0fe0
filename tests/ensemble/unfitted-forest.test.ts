import { expect, test } from 'vitest';
import { RandomForestClassifier, RandomForestRegressor } from '../../src/ensemble/index.ts';

test.each([new RandomForestClassifier(), new RandomForestRegressor()])(
  'a forest that is read before any fit says so, though what reads it is not loaded',
  forest => {
    const unfitted = `Cannot use ${forest.name}: fit must be called first, received an unfitted estimator`;
    expect(() => forest.estimators_).toThrow(unfitted);
    expect(() => forest.estimatorsSamples_).toThrow(unfitted);
    expect(() => forest.featureImportances_).toThrow(unfitted);
  },
);
