import { describe, test } from 'vitest';
import { checkEstimator } from '../../src/testing/index.ts';
import { registry } from './registry.ts';

for (const [name, { make, waived }] of Object.entries(registry)) {
  describe(name, () => {
    for (const check of checkEstimator(make, waived === undefined ? {} : { waived })) test(check.name, check.run);
  });
}
