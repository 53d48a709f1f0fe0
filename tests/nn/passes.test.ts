import { expect, test } from 'vitest';
import {
  autocast,
  BatchNorm2d,
  detectAnomaly,
  Linear,
  MaxPool2d,
  type Module,
  mean,
  mul,
  noGrad,
  ReLU,
  randn,
  Sequential,
  square,
  type Tensor,
} from '../../src/nn/index.ts';

/** The operation on the tape that gave a tensor. */
const operationOf = (y: Tensor) => y.node().name;

/** Two layers of batch norm on the same first weights. */
function layers(options = {}): Module[] {
  const norm = new BatchNorm2d(8, options);
  norm.weight?.data.set([1, -1, 0.5, 2, 0, 1, 1, -3]);
  norm.bias?.data.set([0, 1, -1, 0.5, 0, 2, -2, 0.1]);
  return [norm, new ReLU(), new MaxPool2d(2)];
}

function oneByOne(modules: readonly Module[], x: Tensor): Tensor {
  return modules.reduce((value, module) => module.forward(value), x);
}

test.each([{ momentum: 0.1 }, { momentum: null }, { trackRunningStats: false }])(
  'a sequence of batch norm, ReLU and pooling gives what its modules give one by one, to the bit: %o',
  options => {
    const [joined, apart] = [layers(options), layers(options)];
    const [model, other] = [new Sequential(...joined), new Sequential(...apart)];
    for (let step = 0; step < 2; step++) {
      const [x, sameX] = [0, 1].map(() => randn([5, 8, 13, 12], step, { requiresGrad: true })) as [Tensor, Tensor];
      const [y, sameY] = [model.forward(x), oneByOne(apart, sameX)];
      expect([operationOf(y), operationOf(sameY)]).toEqual(['batchNormPool', 'maxPool2d']);
      expect([y.shape, y.data]).toEqual([sameY.shape, sameY.data]);
      mean(square(y)).backward();
      mean(square(sameY)).backward();
      expect(x.grad!.data).toEqual(sameX.grad!.data);
      expect(gradientsOf(model)).toEqual(gradientsOf(other));
      expect(model.stateDict()).toEqual(other.stateDict());
    }
    model.eval();
    other.eval();
    const x = randn([3, 8, 12, 12], 9);
    expect(noGrad(() => model.forward(x)).data).toEqual(oneByOne(apart, x).data);
  },
);

const gradientsOf = (model: Module) => model.parameters().map(({ grad }) => grad!.data);

test('modules with hooks, of classes of their own, or under an observer run one by one', () => {
  const x = randn([2, 8, 8, 8], 0);
  const hooked = layers();
  const seen: string[] = [];
  for (const module of hooked) module.registerForwardHook(module => void seen.push(module.constructor.name));
  new Sequential(...hooked).forward(x);
  expect(seen).toEqual(['BatchNorm2d', 'ReLU', 'MaxPool2d']);
  class Doubled extends ReLU {
    override forward(x: Tensor): Tensor {
      return super.forward(mul(x, 2));
    }
  }
  const [norm, , pool] = layers() as [Module, Module, Module];
  const doubled = new Sequential(norm, new Doubled(), pool);
  const model = new Sequential(...layers());
  const forward = () => model.forward(x);
  const results = [doubled.forward(x), detectAnomaly(model, forward), autocast(forward), forward()];
  expect(results.map(operationOf)).toEqual(['maxPool2d', 'maxPool2d', 'maxPool2d', 'batchNormPool']);
  expect(results[0]!.data).not.toEqual(results[3]!.data);
});

test('pools of other windows are left to themselves', () => {
  const x = randn([2, 8, 9, 9], 0);
  for (const pool of [new MaxPool2d(3), new MaxPool2d(2, { stride: 1 }), new MaxPool2d(2, { ceilMode: true })]) {
    const [norm, relu] = layers() as [Module, Module];
    const [sameNorm, sameRelu] = layers() as [Module, Module];
    const y = new Sequential(norm, relu, pool).forward(x);
    expect(operationOf(y)).toBe('maxPool2d');
    expect(y.data).toEqual(oneByOne([sameNorm, sameRelu, pool], x).data);
  }
});

test('a linear layer and a ReLU in a sequence give what they give one by one, to the bit', () => {
  const modules = () => [new Linear(70, 61, { randomState: 0 }), new ReLU(), new Linear(61, 3, { randomState: 1 })];
  const [model, apart] = [new Sequential(...modules()), modules()];
  const other = new Sequential(...apart);
  const [x, sameX] = [0, 1].map(() => randn([4, 9, 70], 0, { requiresGrad: true })) as [Tensor, Tensor];
  const [y, sameY] = [model.forward(x), oneByOne(apart, sameX)];
  expect(y.data).toEqual(sameY.data);
  mean(square(y)).backward();
  mean(square(sameY)).backward();
  expect(x.grad!.data).toEqual(sameX.grad!.data);
  expect(gradientsOf(model)).toEqual(gradientsOf(other));
  expect(operationOf(new Sequential(...modules().slice(0, 2)).forward(x))).toBe('linearRelu');
});
