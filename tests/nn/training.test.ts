import { expect, test } from 'vitest';
import { loadDigits } from '../../src/datasets/index.ts';
import {
  adam,
  argmax,
  crossEntropy,
  equal,
  Linear,
  mean,
  noGrad,
  Optimizer,
  ReLU,
  Sequential,
  sgd,
  Tanh,
  tensor,
} from '../../src/nn/index.ts';
import { RandomState } from '../../src/random/index.ts';

test('a network of one hidden layer learns exclusive or, which no linear map can', () => {
  const randomState = new RandomState(0);
  const model = new Sequential(new Linear(2, 8, { randomState }), new Tanh(), new Linear(8, 2, { randomState }));
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 0.5, momentum: 0.9 }));
  const x = tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const y = tensor([0, 1, 1, 0]);
  for (let step = 0; step < 100; step++) {
    optimizer.zeroGrad();
    crossEntropy(model.forward(x), y).backward();
    optimizer.step();
  }
  expect(argmax(model.forward(x)).toArray()).toEqual([0, 1, 1, 0]);
});

test('a network learns digits: 95 % of those held out', async () => {
  const { X, y } = await loadDigits();
  const random = new RandomState(0);
  const order = random.permutation(X.rows);
  const rowsOf = (rows: Int32Array) => [tensor(X.takeRows(rows)), tensor(Array.from(rows, i => y[i]!))] as const;
  const model = new Sequential(
    new Linear(64, 64, { randomState: random }),
    new ReLU(),
    new Linear(64, 10, { randomState: random }),
  );
  const optimizer = new Optimizer(model.parameters(), adam({ lr: 0.003 }));
  for (let epoch = 0; epoch < 10; epoch++) {
    for (let at = 0; at < 1400; at += 50) {
      const [batch, labels] = rowsOf(order.subarray(at, at + 50));
      optimizer.zeroGrad();
      crossEntropy(model.forward(batch), labels).backward();
      optimizer.step();
    }
  }
  const [held, labels] = rowsOf(order.subarray(1400));
  const accuracy = noGrad(() => mean(equal(argmax(model.forward(held)), labels)).item());
  expect(accuracy).toBeGreaterThan(0.95);
});
