/** The gradient of every operation against central differences. */
import { describe, test } from 'vitest';
import type { Tensor } from '../../src/nn/index.ts';
import { type Columns, headAttention } from '../../src/nn/ops/attention-heads.ts';
import { drawn } from './drawn.ts';
import { expectGradients } from './finite-differences.ts';
import { type Check, operations } from './operations.ts';

/** Equal shares of the last axis. */
const columnsOf = (of: Tensor, count: number): Columns[] => {
  const width = of.shape[2]! / count;
  return Array.from({ length: count }, (_, i) => ({ of, at: i * width, width }));
};

const inSeveralHeads: readonly Check[] = [
  [
    'headAttention',
    (...sequences) => {
      const [q, k, v] = sequences.flatMap(x => columnsOf(x, 1)) as [Columns, Columns, Columns];
      return headAttention(q, k, v, 2);
    },
    drawn([2, 3, 4], 1),
    drawn([2, 5, 4], 2),
    drawn([2, 5, 4], 3),
  ],
  [
    'headAttention of one sequence',
    x => {
      const [q, k, v] = columnsOf(x!, 3) as [Columns, Columns, Columns];
      return headAttention(q, k, v, 2);
    },
    drawn([2, 3, 12], 1),
  ],
];

describe('gradients against central differences', () => {
  for (const [name, f, ...inputs] of [...operations, ...inSeveralHeads])
    test(name, () => expectGradients(f, ...inputs));
});
