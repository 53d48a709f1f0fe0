import { expect, test } from 'vitest';
import {
  add,
  exp,
  linear,
  matmul,
  maxPool2d,
  mul,
  noGrad,
  observeTape,
  relu,
  reshape,
  square,
  sum,
  tensor,
  withSavedForm,
  zeros,
} from '../../src/nn/index.ts';
import { refusal } from '../helpers/refusal.ts';

const leaf = (values: number[]) => tensor(values, { requiresGrad: true });

test('backward adds to what is there, so that two passes give twice the gradient', () => {
  const x = leaf([1, 2]);
  for (const _ of [1, 2]) sum(square(x)).backward();
  expect(x.grad?.toArray()).toEqual([4, 8]);
});

test('a value used twice gets both gradients: d(x x + x) = 2 x + 1', () => {
  const x = leaf([3]);
  add(mul(x, x), x).backward();
  expect(x.grad?.toArray()).toEqual([7]);
});

test('a long chain needs no stack: ten thousand sums', () => {
  const x = leaf([1]);
  let y = x;
  for (let i = 0; i < 10_000; i++) y = add(y, x);
  y.backward();
  expect(x.grad?.toArray()).toEqual([10_001]);
});

test('a tape serves one pass', async () => {
  const x = leaf([1]);
  const y = exp(x);
  y.backward();
  expect(await refusal(() => y.backward())).toBe(
    'InvalidInputError: Cannot run backward: each part of the tape serves one backward pass, received a tape that has been freed; pass { retainGraph: true } to the first pass',
  );
  expect(await refusal(() => mul(y, 2).backward())).toContain('a tape that has been freed');
});

test('retainGraph keeps the tape for another pass', () => {
  const x = leaf([0]);
  const y = exp(x);
  y.backward({ retainGraph: true });
  y.backward();
  expect(x.grad?.toArray()).toEqual([2]);
});

test('what the tape saved must not change before backward', async () => {
  const x = leaf([1, 2]);
  const factor = tensor([3, 4]);
  const y = sum(mul(x, factor));
  factor.assign(tensor([0, 0]));
  expect(await refusal(() => y.backward())).toBe(
    'InvalidInputError: Cannot run backward through mul: what it saved must not have been changed in place, received a tensor changed 1 times since; change it after backward, or change a clone',
  );
});

test('a change through a view counts', async () => {
  const x = leaf([1, 2]);
  const factor = tensor([3, 4]);
  const y = sum(mul(x, factor));
  reshape(factor, [2, 1]).assign(zeros([2, 1]));
  expect(await refusal(() => y.backward())).toContain('changed in place');
});

test('what no operation saved may change: a sum does not need its terms', () => {
  const x = leaf([1, 2]);
  const term = tensor([3, 4]);
  const y = sum(add(x, term));
  term.assign(tensor([0, 0]));
  y.backward();
  expect(x.grad?.toArray()).toEqual([1, 1]);
});

test('a parameter changes in place under noGrad only', async () => {
  const x = leaf([1]);
  expect(await refusal(() => x.assign(tensor([2])))).toBe(
    'InvalidInputError: Cannot change a tensor in place: the tape must not depend on it, received a tensor that requires a gradient; use noGrad',
  );
  noGrad(() => x.assign(tensor([2])));
  expect(x.item()).toBe(2);
});

test('noGrad leaves nothing on the tape, and refuses promises', async () => {
  const x = leaf([1]);
  const y = noGrad(() => mul(x, 2));
  expect(y.requiresGrad).toBe(false);
  expect(await refusal(() => y.backward())).toBe(
    'InvalidInputError: Cannot run backward: the tensor must depend on one that requires a gradient, received a tensor of shape (1,) that does not',
  );
  expect(await refusal(() => noGrad(async () => {}))).toBe(
    'InvalidInputError: Cannot run without gradients: the body must not return a promise, received a promise',
  );
});

test('backward of several values needs their gradient', async () => {
  const y = mul(leaf([1, 2]), 2);
  expect(await refusal(() => y.backward())).toBe(
    'InvalidInputError: Cannot run backward: a tensor of several values needs the option grad, received shape (2,)',
  );
  expect(await refusal(() => y.backward({ grad: zeros([3]) }))).toBe(
    'InvalidInputError: Cannot run backward: grad must have the shape of the tensor, received shape (3,) and shape (2,)',
  );
});

test('shapes that do not go together are both named', async () => {
  expect(await refusal(() => add(zeros([2, 3]), zeros([4])))).toBe(
    'InvalidInputError: Cannot add tensors: the shapes must be equal axis by axis from the last on, or 1 where they differ, received shape (2, 3) and shape (4,)',
  );
  expect(await refusal(() => matmul(zeros([2, 3]), zeros([4, 5])))).toBe(
    'InvalidInputError: Cannot multiply matrices: the last axis of a must be as long as the second to last of b, received shape (2, 3) and shape (4, 5)',
  );
  expect(await refusal(() => linear(zeros([2, 3]), zeros([5, 4])))).toBe(
    'InvalidInputError: Cannot apply a linear map: x must have 4 features in its last axis, received shape (2, 3) and shape (5, 4)',
  );
  expect(await refusal(() => reshape(zeros([2, 3]), [4]))).toBe(
    'InvalidInputError: Cannot reshape a tensor: the new shape must hold as many values, received shape (2, 3) and shape (4,)',
  );
});

test('an observer sees every result and every gradient by the name of its operation', () => {
  const seen: string[] = [];
  const x = leaf([1, -1]);
  observeTape({ onForward: name => seen.push(name), onBackward: name => seen.push(`${name}'`) }, () => {
    sum(relu(x)).backward();
  });
  expect(seen).toEqual(['relu', 'sum', "sum'", "relu'"]);
});

test('what operations save can be kept in another form', () => {
  const x = leaf([1.5, 2]);
  const kept: number[][] = [];
  const form = {
    pack: (saved: { data: Float32Array }) => kept.push(Array.from(saved.data)) - 1,
    unpack: (at: unknown) => tensor(kept[at as number]!.map(Math.trunc)),
  };
  withSavedForm(form, () => sum(mul(x, x))).backward();
  expect(x.grad?.toArray()).toEqual([2, 4]);
});

test('relu and pools keep NaN and infinities', () => {
  expect(relu(tensor([NaN, -NaN, Infinity, -Infinity, -0])).toArray()).toEqual([NaN, NaN, Infinity, 0, 0]);
  expect(
    maxPool2d(
      tensor([
        [
          [
            [1, 2, NaN, 3],
            [0, 4, 5, 6],
          ],
        ],
      ]),
      2,
    ).toArray(),
  ).toEqual([[[[4, NaN]]]]);
  expect(
    maxPool2d(
      tensor([
        [
          [
            [-Infinity, Infinity],
            [-Infinity, 0],
          ],
        ],
      ]),
      2,
    ).toArray(),
  ).toEqual([[[[Infinity]]]]);
});
