/** The gradient of every operation against central differences. */
import { describe, test } from 'vitest';
import { expectGradients } from './finite-differences.ts';
import { operations } from './operations.ts';

describe('gradients against central differences', () => {
  for (const [name, f, ...inputs] of operations) test(name, () => expectGradients(f, ...inputs));
});
