import { expect, test } from 'vitest';
import {
  BatchNorm2d,
  Conv2d,
  Dropout,
  Linear,
  LSTM,
  Module,
  relu,
  Sequential,
  type Tensor,
  TransformerEncoderLayer,
  tensor,
  zeros,
} from '../../src/nn/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { refusal } from '../helpers/refusal.ts';

class Net extends Module {
  readonly blocks = [new Linear(2, 2), new Linear(2, 2)];
  readonly outProj = new Linear(2, 1, { bias: false });

  forward(x: Tensor): Tensor {
    return this.outProj.forward(this.blocks.reduce((value, block) => relu(block.forward(value)), x));
  }
}

test('names are paths of attributes, in snake case, with positions in lists', () => {
  expect(Object.keys(new Net().stateDict())).toEqual([
    'blocks.0.weight',
    'blocks.0.bias',
    'blocks.1.weight',
    'blocks.1.bias',
    'out_proj.weight',
  ]);
});

test("names and shapes of a batch norm, an LSTM and an encoder layer are torch's", () => {
  const shapes = (module: Module<never, unknown>) =>
    Object.entries(module.stateDict()).map(([name, { shape }]) => `${name} ${shape.join('x')}`);
  expect(shapes(new BatchNorm2d(3))).toEqual([
    'weight 3',
    'bias 3',
    'running_mean 3',
    'running_var 3',
    'num_batches_tracked ',
  ]);
  expect(shapes(new LSTM(2, 3, { bidirectional: true })).slice(3, 6)).toEqual([
    'bias_hh_l0 12',
    'weight_ih_l0_reverse 12x2',
    'weight_hh_l0_reverse 12x3',
  ]);
  expect(shapes(new TransformerEncoderLayer(4, 2, { dimFeedforward: 8 })).slice(0, 5)).toEqual([
    'self_attn.in_proj_weight 12x4',
    'self_attn.in_proj_bias 12',
    'self_attn.out_proj.weight 4x4',
    'self_attn.out_proj.bias 4',
    'linear1.weight 8x4',
  ]);
});

test('a shared module has one set of parameters and two names', () => {
  const shared = new Linear(2, 2);
  const model = new Sequential(shared, shared);
  expect(model.parameters()).toEqual([shared.weight, shared.bias]);
  expect(Object.keys(model.stateDict())).toEqual(['0.weight', '0.bias', '1.weight', '1.bias']);
});

test('loading lists all that is missing, unexpected and of another shape, and changes nothing', async () => {
  const model = new Sequential(new Linear(2, 3), new Linear(3, 1));
  const before = model.stateDict()['0.weight']!.clone();
  const given = { '0.weight': zeros([2, 3]), '0.bias': zeros([3]), '1.weight': zeros([1, 3]), extra: zeros([1]) };
  expect(await refusal(() => model.loadStateDict(given))).toBe(
    'InvalidInputError: Cannot load a state dict: its names and shapes must be those of the module, received 1 missing (1.bias), and 1 unexpected (extra), and 1 of another shape (0.weight with shape (2, 3) instead of shape (3, 2))',
  );
  expect(model.stateDict()['0.weight']!.toArray()).toEqual(before.toArray());
});

test('loading without strictness takes what is there', () => {
  const model = new Linear(1, 1, { randomState: 0 });
  model.loadStateDict({ weight: tensor([[7]]), extra: zeros([1]) }, { strict: false });
  expect(model.weight.item()).toBe(7);
});

test('train and eval reach all modules below', () => {
  const model = new Sequential(new Sequential(new Dropout(0.5)), new Linear(1, 1));
  model.eval();
  expect([...model.namedModules()].map(([, module]) => module.training)).toEqual([false, false, false, false]);
  model.train();
  expect(model.at(0)!.training).toBe(true);
});

test('a hook sees inputs and outputs, may replace the output, and can be taken off', () => {
  const model = new Linear(1, 1, { randomState: 0 });
  const shapes: string[] = [];
  const off = model.registerForwardHook((_, [x], y) => {
    shapes.push(`${(x as Tensor).shape} to ${(y as Tensor).shape}`);
    return zeros([9]);
  });
  expect(model.forward(zeros([4, 1])).shape).toEqual([9]);
  off();
  expect(model.forward(zeros([4, 1])).shape).toEqual([4, 1]);
  expect(shapes).toEqual(['4,1 to 4,1']);
});

test('a hook before forward sees the inputs, may replace them, and leaves nothing behind when the last is off', () => {
  const model = new Linear(1, 1, { randomState: 0 });
  const seen: number[] = [];
  const offBefore = model.registerForwardPreHook((_, [x]) => {
    seen.push((x as Tensor).shape[0]!);
    return [zeros([7, 1])];
  });
  const off = model.registerForwardHook((_, [x]) => {
    seen.push((x as Tensor).shape[0]!);
    return undefined;
  });
  expect(model.forward(zeros([4, 1])).shape).toEqual([7, 1]);
  expect(seen).toEqual([4, 7]);
  offBefore();
  expect(model.forward(zeros([4, 1])).shape).toEqual([4, 1]);
  off();
  expect(Object.hasOwn(model, 'forward')).toBe(false);
});

test('generators are found once, however many modules share them', () => {
  const randomState = new RandomState(1);
  const model = new Sequential(new Dropout(0.1, { randomState }), new Dropout(0.1, { randomState }));
  expect(model.namedGenerators()).toEqual([['0.generator', randomState]]);
});

test('dropout repeats itself from a saved generator', () => {
  const layer = new Dropout(0.5, { randomState: 3 });
  const state = layer.generator.getState();
  const x = tensor(Array.from({ length: 50 }, () => 1));
  const first = layer.forward(x).toArray();
  expect(layer.forward(x).toArray()).not.toEqual(first);
  layer.generator.setState(state);
  expect(layer.forward(x).toArray()).toEqual(first);
});

test('convolutions refuse groups and shapes that do not fit', async () => {
  expect(await refusal(() => new Conv2d(2, 4, { kernelSize: 3 }).forward(zeros([1, 3, 5, 5])))).toBe(
    'InvalidInputError: Cannot convolve: x must have 2 channels, received shape (1, 3, 5, 5) and shape (4, 2, 3, 3)',
  );
  expect(await refusal(() => new Conv2d(1, 1, { kernelSize: 0 }))).toBe(
    'InvalidParamError: Cannot make Conv2d: kernelSize must be a whole number >= 1, or two of them, received 0',
  );
});
