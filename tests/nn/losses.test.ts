/** Losses where torch's rules are not what the formula alone would give. */
import { describe, expect, test } from 'vitest';
import * as nn from '../../src/nn/index.ts';
import { refusal } from '../helpers/refusal.ts';

const { tensor } = nn;
const leaf = (values: nn.NestedNumbers) => tensor(values, { requiresGrad: true });

test('one sample without an axis of samples has the loss of a batch of one', () => {
  const [logits, target, weight] = [tensor([1, 2, 4]), tensor(2), tensor([1, 2, 3])];
  const row = nn.unsqueeze(logits, 0);
  for (const reduction of ['mean', 'sum', 'none'] as const) {
    const options = { reduction, weight };
    expect(nn.crossEntropy(logits, target, { ...options, labelSmoothing: 0.2 }).toArray()).toBeCloseTo(
      nn.sum(nn.crossEntropy(row, tensor([2]), { ...options, labelSmoothing: 0.2 })).item(),
    );
    // -3 for the class of weight 3, and 4 as its log-probability.
    expect(nn.nll(logits, target, { reduction, weight }).toArray()).toBe(reduction === 'mean' ? -4 : -12);
    // max(0, 1 - 4 + 1) + max(0, 1 - 4 + 2) = 0; for class 1: (1 - 2 + 1) + (1 - 2 + 4) = 3, over 3 classes.
    expect(nn.multiMargin(logits, tensor(1), { reduction }).toArray()).toBe(1);
  }
  expect(nn.crossEntropy(tensor([0, 0]), tensor([0.5, 0.5])).item()).toBeCloseTo(Math.LN2);
});

test('bce: the derivative is (p - y) / max(p (1 - p), 1e-12), which is 0 for a certain hit', () => {
  const p = leaf([0, 1, 0.5, 0]);
  nn.bce(p, tensor([0, 1, 1, 1]), { reduction: 'sum' }).backward();
  expect(p.grad?.toArray()).toEqual([0, 0, -2, -Math.fround(1e12)]);
});

describe('cosine', () => {
  test('a row of zeros has gradients of finite length', () => {
    const [a, b] = [leaf([[0, 0]]), leaf([[3, 4]])];
    nn.sum(nn.cosineSimilarity(a, b)).backward();
    // b / (|b| eps)
    const slopes = nn.div(a.grad!, 1e8).toArray();
    expect(slopes).toEqual([[expect.closeTo(0.6), expect.closeTo(0.8)]]);
    expect(b.grad?.toArray()).toEqual([[0, 0]]);
  });

  test('shapes broadcast', () => {
    const a = tensor([
      [1, 0],
      [0, 2],
    ]);
    expect(nn.cosineSimilarity(a, tensor([3, 0])).toArray()).toEqual([1, 0]);
    expect(nn.cosineSimilarity(a, tensor([5, 5]), 0).toArray()).toEqual([
      Math.fround(Math.SQRT1_2),
      Math.fround(Math.SQRT1_2),
    ]);
  });

  test('the loss adds 1e-12 to squared lengths, where the similarity holds lengths above eps', () => {
    const [a, b] = [tensor([[1e-6, 0]]), tensor([[1, 0]])];
    expect(nn.cosineEmbedding(a, b, tensor([1])).item()).toBeCloseTo(1 - Math.SQRT1_2, 6);
    expect(nn.cosineSimilarity(a, b).item()).toBeCloseTo(1, 6);
  });

  test('the loss of a target that is neither 1 nor -1 is 0', () => {
    expect(nn.cosineEmbedding(tensor([[1, 0]]), tensor([[0, 1]]), tensor([0])).item()).toBe(0);
  });
});

test('at their kinks hingeEmbedding and cosineEmbedding have the derivative of the side that is not flat', () => {
  const x = leaf([0.5]);
  nn.hingeEmbedding(x, tensor([-1]), { margin: 0.5 }).backward();
  expect(x.grad?.toArray()).toEqual([-1]);
  const [a, b] = [leaf([[1, 0]]), tensor([[0, 1]])];
  nn.cosineEmbedding(a, b, tensor([-1])).backward();
  expect(a.grad?.toArray()).toEqual([[0, 1]]);
});

test('smoothL1 with beta 0 is l1', () => {
  expect(nn.smoothL1(tensor([3, -1]), tensor([1, 1]), { beta: 0 }).item()).toBe(2);
});

test('klDiv of scalars: batchmean divides by one', () => {
  expect(nn.klDiv(tensor(0), tensor(1), { reduction: 'batchmean' }).item()).toBe(0);
});

test.each<[() => unknown, string]>([
  [
    () => nn.mse(tensor([1]), tensor([1]), { reduction: 'batchmean' as 'mean' }),
    "InvalidParamError: Cannot compute a loss: reduction must be 'mean', 'sum' or 'none', received 'batchmean'",
  ],
  [
    () => nn.nll(tensor([[0, 0]]), tensor([1]), { reduction: 'average' as 'mean' }),
    "InvalidParamError: Cannot compute a loss: reduction must be 'mean', 'sum' or 'none', received 'average'",
  ],
  [
    () => nn.smoothL1(tensor([1]), tensor([1]), { beta: -1 }),
    'InvalidParamError: Cannot compute the smooth absolute error: beta must be >= 0, received -1',
  ],
  [
    () => nn.bce(tensor([0.5]), tensor([1.5])),
    'InvalidInputError: Cannot compute the binary cross-entropy: every target must lie in [0, 1], received 1.5',
  ],
  [
    () => nn.crossEntropy(tensor([[0, 0]]), tensor([[0.5, 0.5]]), { ignoreIndex: 1 }),
    'InvalidParamError: Cannot compute the cross-entropy: ignoreIndex must be left out where targets are probabilities, received 1',
  ],
  [
    () => nn.crossEntropy(tensor([[0, 0]]), tensor([[0.5, 0.5]]), { weight: tensor([2]) }),
    'InvalidInputError: Cannot compute the cross-entropy: there must be a weight for each of the 2 classes, received shape (1,)',
  ],
  [
    () => nn.crossEntropy(tensor(1), tensor(0)),
    'InvalidInputError: Cannot compute the cross-entropy: the logits must have an axis of classes, received shape ()',
  ],
])('%s is refused', async (call, sentence) => {
  expect(await refusal(call)).toBe(sentence);
});
