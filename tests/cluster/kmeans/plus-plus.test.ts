import { expect, test } from 'vitest';
import { drawByWeight, shares } from '../../../src/cluster/kmeans/plus-plus.ts';
import { RandomState } from '../../../src/index.ts';

test('drawByWeight: what choice draws with the shares of the weights as probabilities', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new RandomState(seed);
    const weights = random.randomSample(1 + (seed % 50)).map((weight, i) => (i % 3 === 1 ? 0 : weight));
    const expected = random.clone().choice(weights.length, 1, { p: shares(weights) })[0];
    expect(drawByWeight(weights, random)).toBe(expected);
  }
});
