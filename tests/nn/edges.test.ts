/** Operations at the ends of their range: scalars, nothing at all, kinks, and indices that are none. */
import { describe, expect, test } from 'vitest';
import * as nn from '../../src/nn/index.ts';
import { refusal } from '../helpers/refusal.ts';

const { tensor, zeros } = nn;
const leaf = (values: nn.NestedNumbers) => tensor(values, { requiresGrad: true });

describe('a scalar has an axis 0 of length 1 for what reduces, as in torch', () => {
  test('sum, mean, softmax, max and flatten', () => {
    const x = tensor(3);
    for (const axis of [0, -1]) {
      expect(nn.sum(x, axis).shape).toEqual([]);
      expect(nn.mean(x, [axis], { keepdim: true }).item()).toBe(3);
      expect(nn.softmax(x, axis).item()).toBe(1);
      expect(nn.argmax(x, axis).item()).toBe(0);
      expect(nn.flatten(x, axis, axis).shape).toEqual([1]);
    }
  });

  test('but for what picks from it', async () => {
    expect(await refusal(() => nn.select(tensor(3), 0, 0))).toBe(
      'InvalidInputError: Cannot select from a tensor: the tensor must have an axis, received shape ()',
    );
    expect(await refusal(() => nn.sum(tensor(3), 1))).toBe(
      'InvalidInputError: Cannot sum a tensor: the axis must be a whole number from -1 to 0, received 1',
    );
  });
});

describe('axes of a reduction', () => {
  test('an empty list stands for all', () => {
    expect(
      nn
        .sum(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          [],
        )
        .item(),
    ).toBe(10);
  });

  test('one that is named twice is refused', async () => {
    expect(await refusal(() => nn.sum(zeros([2, 3]), [0, -2]))).toBe(
      'InvalidInputError: Cannot sum a tensor: the axes [0, -2] must differ, received shape (2, 3)',
    );
  });
});

test('a product over an inner axis of length 0 is zero, and so are its gradients', () => {
  for (const batch of [[], [4]]) {
    const [a, b] = [zeros([...batch, 2, 0], { requiresGrad: true }), zeros([0, 3], { requiresGrad: true })];
    const y = nn.matmul(a, b);
    expect(y.toArray()).toEqual(zeros([...batch, 2, 3]).toArray());
    nn.sum(y).backward();
    expect([a.grad?.shape, b.grad?.shape]).toEqual([a.shape, b.shape]);
  }
  const wide = leaf([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  nn.sum(nn.matmul(wide, zeros([3, 0]))).backward();
  expect(wide.grad?.toArray()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(nn.linear(zeros([2, 0]), zeros([3, 0]), tensor([1, 2, 3])).toArray()).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

describe('parts of a tensor', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  test('narrow and select count from the back', () => {
    expect(nn.narrow(x, 1, -2, 2).toArray()).toEqual([
      [2, 3],
      [5, 6],
    ]);
    expect(nn.select(x, -1, -3).toArray()).toEqual([1, 4]);
  });

  test('an empty axis is split into one empty part', () => {
    expect(nn.split(zeros([0, 3]), 2).map(part => part.shape)).toEqual([[0, 3]]);
  });

  test('a single index selects a slice that keeps its axis', () => {
    expect(nn.indexSelect(x, 0, tensor(1)).toArray()).toEqual([[4, 5, 6]]);
  });

  test.each([
    [
      () => nn.narrow(x, 1, 0.5, 1),
      'narrow a tensor: 1 indices from 0.5 on must lie within axis 1, received shape (2, 3)',
    ],
    [
      () => nn.narrow(x, 0, -3, 1),
      'narrow a tensor: 1 indices from -3 on must lie within axis 0, received shape (2, 3)',
    ],
    [
      () => nn.narrow(x, 1, -1, 2),
      'narrow a tensor: 2 indices from -1 on must lie within axis 1, received shape (2, 3)',
    ],
    [
      () => nn.select(x, 1, 3),
      'select from a tensor: index 3 must be a whole number that lies within axis 1, received shape (2, 3)',
    ],
    [
      () => nn.select(x, 0, 0.5),
      'select from a tensor: index 0.5 must be a whole number that lies within axis 0, received shape (2, 3)',
    ],
    [() => nn.split(x, 0), 'split a tensor: the size must be a whole number >= 1, received 0'],
    [() => nn.split(x, 1.5), 'split a tensor: the size must be a whole number >= 1, received 1.5'],
    [() => nn.split(x, [-1, 3]), 'narrow a tensor: -1 indices from 0 on must lie within axis 0, received shape (2, 3)'],
  ])('%s', async (call, sentence) => {
    expect(await refusal(call)).toBe(`InvalidInputError: Cannot ${sentence}`);
  });
});

test('a dilated pooling window that steps over the image is -Infinity, and reads no other image', () => {
  const x = tensor([[[5], [7]]], { requiresGrad: true });
  const y = nn.maxPool1d(x, 2, { stride: 1, padding: 1, dilation: 2 });
  expect(y.toArray()).toEqual([[[-Infinity], [-Infinity]]]);
  nn.sum(y).backward();
  expect(x.grad?.toArray()).toEqual([[[0], [0]]]);
});

describe('PReLU', () => {
  test('at 0 the derivative is the slope', () => {
    const x = leaf([0, 2, -4]);
    const layer = new nn.PReLU();
    nn.sum(layer.forward(x)).backward();
    expect([x.grad?.toArray(), layer.weight.grad?.toArray()]).toEqual([[0.25, 1, 0.25], [-4]]);
  });

  test('keeps the shape of a scalar, and refuses other channels than its own', async () => {
    expect(new nn.PReLU().forward(tensor(-4)).toArray()).toBe(-1);
    expect(await refusal(() => new nn.PReLU(3).forward(zeros([2, 1])))).toBe(
      'InvalidInputError: Cannot apply PReLU: x must have 3 channels in its axis 1, received shape (2, 1)',
    );
  });
});
