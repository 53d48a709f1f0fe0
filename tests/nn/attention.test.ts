import { expect, test } from 'vitest';
import { MultiheadAttention, normal, sum, zeros } from '../../src/nn/index.ts';

test('needWeights: false gives the same outputs and gradients, and null for the weights', () => {
  const attention = new MultiheadAttention(8, 2, { batchFirst: true, randomState: 0 });
  const x = normal([2, 5, 8], { randomState: 1 });
  const hidden = { keyPaddingMask: zeros([2, 5]) };
  for (const masks of [{}, hidden]) {
    const gradientsOf = (needWeights: boolean) => {
      attention.zeroGrad();
      const [y, weights] = attention.forward(x, x, x, { ...masks, needWeights });
      sum(y).backward();
      return { y, weights, gradient: attention.inProjWeight.grad!.data };
    };
    const [whole, fast] = [gradientsOf(true), gradientsOf(false)];
    expect(whole.weights?.shape).toEqual([2, 5, 5]);
    expect(fast.weights).toBeNull();
    expect(fast.y.data).toEqual(whole.y.data);
    fast.gradient.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.gradient[i]!, 6);
    });
  }
});
