import { expect, test } from 'vitest';
import {
  detectAnomaly,
  div,
  Linear,
  log,
  Module,
  MultiheadAttention,
  mean,
  Optimizer,
  ReLU,
  randn,
  Sequential,
  sgd,
  sqrt,
  sum,
  type Tensor,
  Trainer,
  tensor,
  zeros,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

/** A layer that applies a function. */
class Apply extends Module {
  readonly #f: (x: Tensor) => Tensor;

  constructor(f: (x: Tensor) => Tensor) {
    super();
    this.#f = f;
  }

  forward(x: Tensor): Tensor {
    return this.#f(x);
  }
}

/** A function of max(0, x), in module 1.1. */
function ofPositive(f: (x: Tensor) => Tensor) {
  const first = new Linear(2, 2);
  first.loadStateDict({
    weight: tensor([
      [1, 0],
      [0, 1],
    ]),
    bias: zeros([2]),
  });
  return new Sequential(first, new Sequential(new ReLU(), new Apply(f)));
}

test('forward: the operation, the module and the place of the first infinity', async () => {
  const model = ofPositive(x => log(x));
  expect(await refusal(() => detectAnomaly(model, () => model.forward(tensor([[-9, 9]]))))).toBe(
    "InvalidInputError: Cannot run log in module '1.1': what it gives must be finite, received -Infinity at position 0 of the output of shape (1, 2)",
  );
  expect(await refusal(() => detectAnomaly(model, () => div(tensor([1, 1]), tensor([0.5, 0]))))).toBe(
    'InvalidInputError: Cannot run div outside the model: what it gives must be finite, received Infinity at position 1 of the output of shape (2,)',
  );
});

test('forward: a NaN that comes in with the data is told from one that arises', async () => {
  const model = ofPositive(x => x);
  expect(await refusal(() => detectAnomaly(model, () => model.forward(tensor([[1, NaN]]))))).toBe(
    "InvalidInputError: Cannot run linear in module '0': what it is given must be finite, received NaN at position 1 of input 0 of shape (1, 2)",
  );
});

test('backward: the operation and the module through which the gradient became infinite', async () => {
  const model = ofPositive(x => sqrt(x));
  const failed = refusal(() => detectAnomaly(model, () => sum(model.forward(tensor([[4, 0]]))).backward()));
  expect(await failed).toBe(
    "InvalidInputError: Cannot go back through sqrt in module '1.1': gradients must be finite, received Infinity at position 1 of the gradient of input 0 of shape (1, 2)",
  );
});

test('operations inside a backward pass are not mistaken for the model', async () => {
  const x = tensor([0], { requiresGrad: true });
  const model = new ReLU();
  // The gradient of div computes mul and neg; its own is what is infinite.
  const body = () => div(tensor([0]), x.like(x.data)).backward;
  expect(await refusal(() => detectAnomaly(model, body))).toContain('Cannot run div outside the model');
  const y = tensor([1e-30], { requiresGrad: true });
  expect(await refusal(() => detectAnomaly(model, () => div(tensor([1e5]), y).backward()))).toContain(
    'Cannot go back through div outside the model: gradients must be finite, received -Infinity',
  );
});

test('masks of -Infinity are no anomaly', () => {
  const attention = new MultiheadAttention(4, 2, { batchFirst: true, randomState: 0 });
  const x = randn([1, 3, 4], 1);
  const attnMask = tensor([
    [0, -Infinity, -Infinity],
    [0, 0, -Infinity],
    [0, 0, 0],
  ]);
  const [y] = attention.forward(x, x, x, { attnMask });
  const [watched] = detectAnomaly(attention, () => {
    const result = attention.forward(x, x, x, { attnMask });
    sum(result[0]).backward();
    return result;
  });
  expect(watched).toEqual(y);
});

test('the model is left without hooks, and a module that threw does not stay on the path', async () => {
  const failing = new Apply(() => {
    throw new RangeError('no');
  });
  class Tries extends Module {
    readonly inner = failing;

    forward(x: Tensor): Tensor {
      expect(() => this.inner.forward(x)).toThrow('no');
      return x;
    }
  }
  const model = new Tries();
  const body = () => log(model.forward(zeros([1])));
  expect(await refusal(() => detectAnomaly(model, body))).toContain('Cannot run log outside the model');
  expect([model, failing].some(module => Object.hasOwn(module, 'forward'))).toBe(false);
});

test('as the scope of a Trainer it stops a training at the step that goes wrong', async () => {
  const model = new Linear(1, 1, { randomState: 0 });
  const optimizer = new Optimizer(model.parameters(), sgd({ lr: 1e30 }));
  const loss = (output: Tensor) => mean(output);
  const trainer = new Trainer(model, { optimizer, loss, scope: body => detectAnomaly(model, body) });
  const batch = { x: tensor([[1e10]]), y: zeros([1, 1]) };
  expect(await refusal(() => trainer.fit([batch], { epochs: 3 }))).toContain('Cannot run linear in the model itself');
});
