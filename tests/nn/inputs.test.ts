/** Inputs that do not fit a layer or an operation, refused by whole sentences. */
import { expect, test } from 'vitest';
import { onWarning } from '../../src/errors/index.ts';
import * as nn from '../../src/nn/index.ts';
import { refusal } from '../helpers/refusal.ts';

const { tensor, zeros } = nn;
const never = (value: unknown) => value as never;
const makeOptimizer = () => new nn.Optimizer(new nn.Linear(1, 1).parameters(), nn.sgd());
const attention = new nn.MultiheadAttention(4, 2, { randomState: 0 });
const lstm = new nn.LSTM(3, 4);
const [query, keys] = [zeros([2, 1, 4]), zeros([3, 1, 4])];

const REFUSED: readonly (readonly [call: () => unknown, sentence: string])[] = [
  [
    () => new nn.BatchNorm1d(2).forward(zeros([3, 5])),
    'normalise a batch: x must have the 2 channels of the layer in its axis 1, received shape (3, 5) and shape (2,)',
  ],
  [
    () => new nn.BatchNorm2d(3).eval().forward(zeros([1, 2, 4, 4])),
    'normalise a batch: x must have the 3 channels of the layer in its axis 1, received shape (1, 2, 4, 4) and shape (3,)',
  ],
  [
    () => new nn.GroupNorm(2, 4).forward(zeros([2, 6])),
    'normalise groups: x must have the 4 channels of the layer in its axis 1, received shape (2, 6) and shape (4,)',
  ],
  [
    () => attention.forward(query, keys, query),
    'attend: keys and values must have one shape, and queries the same batch, received shape (2, 1, 4) and shape (3, 1, 4) and shape (2, 1, 4)',
  ],
  [
    () => attention.forward(query, zeros([3, 2, 4]), zeros([3, 2, 4])),
    'attend: keys and values must have one shape, and queries the same batch, received shape (2, 1, 4) and shape (3, 2, 4) and shape (3, 2, 4)',
  ],
  [
    () => attention.forward(query, keys, keys, { attnMask: zeros([3]) }),
    'attend: attnMask must have shape (2, 3) or shape (2, 2, 3), received shape (3,)',
  ],
  [
    () => attention.forward(query, keys, keys, { keyPaddingMask: zeros([3, 1]) }),
    'attend: keyPaddingMask must have shape (1, 3), received shape (3, 1)',
  ],
  [
    () => lstm.forward(zeros([2, 1, 3]), never(zeros([1, 1, 4]))),
    'run a recurrent layer: the first state and cell must be a list of two tensors, received Tensor',
  ],
  [
    () => new nn.GRU(3, 4).forward(zeros([2, 1, 3]), never([zeros([1, 1, 4])])),
    'run a recurrent layer: the first state must be a tensor, received [Tensor]',
  ],
  [
    () => lstm.forward(zeros([0, 1, 3])),
    'run a recurrent layer: sequences must have a step at least, received shape (0, 1, 3)',
  ],
  [
    () => new nn.Linear(3, 2).forward(never([1, 2, 3])),
    'apply a linear map: x must be a tensor, received [1, 2, 3]; make one with tensor(...)',
  ],
  [
    () => nn.conv2d(never(null), zeros([1, 1, 1, 1])),
    'convolve: x must be a tensor, received null; make one with tensor(...)',
  ],
  [
    () => nn.add(tensor([1, 2]), never([1, 2])),
    'compute with tensors: operands must be tensors or numbers, received [1, 2]',
  ],
  [() => nn.cat(never(tensor([1]))), 'concatenate tensors: they must be a list of tensors, received Tensor'],
  [() => nn.reshape(tensor([1]), never(1)), 'reshape a tensor: the shape must be a list of whole numbers, received 1'],
  [() => lstm.registerForwardHook(never(5)), 'add a hook: it must be a function, received 5'],
  [() => tensor(never(null)), 'make a tensor: it must be a number, lists of numbers or a typed array, received null'],
  [() => tensor(never('abc')), "make a tensor: it must be a number, lists of numbers or a typed array, received 'abc'"],
  [() => nn.full([2], never('a')), "make a tensor: the value must be a number, received 'a'"],
  [
    () => new nn.Conv1d(1, 1, { kernelSize: 3, padding: 3, paddingMode: 'reflect' }).forward(zeros([1, 1, 3])),
    "convolve: paddingMode 'reflect' gives axis 2 a border of 2 at most, received shape (1, 1, 3)",
  ],
  [
    () => new nn.Linear(1, 1).loadStateDict(never(null)),
    'load a state dict: it must be a record of tensors by name, received null',
  ],
  [
    () => new nn.Linear(1, 1).loadStateDict(never({ weight: [[1]], bias: tensor([0]) })),
    'load a state dict: its names and shapes must be those of the module, received 1 no tensors (weight)',
  ],
  [
    () => {
      makeOptimizer().lr = Number.NaN;
    },
    "change an optimizer: 'lr' must be a finite number, received NaN",
  ],
  [
    () => new nn.Scheduler(makeOptimizer(), nn.exponentialDecay(0.5)).setState({ count: 1, lrs: [] }),
    'restore an optimizer: the state of the schedule.lrs must be a list of 1, received []',
  ],
  [
    () => new nn.ReduceOnPlateau(makeOptimizer()).setState(never({ best: 1 })),
    "restore an optimizer: the state of the schedule must hold best, badSteps, cooling, received object with keys ['best']",
  ],
];

test.each(REFUSED)('%s', async (call, sentence) => {
  expect(await refusal(call)).toBe(`InvalidInputError: Cannot ${sentence}`);
});

test('integers of 64 bits become floats', () => {
  expect(tensor(BigInt64Array.of(1n, -2n)).toArray()).toEqual([1, -2]);
});

test('dropout between the layers of one layer is told to do nothing', () => {
  const told: string[] = [];
  const stop = onWarning(({ message }) => told.push(message));
  new nn.GRU(2, 2, { dropout: 0.5 });
  stop();
  expect(told).toEqual(['dropout does nothing, as there is one layer and it acts between layers']);
});

test('a linear layer of nothing gives its bias, zeros at first', () => {
  expect(new nn.Linear(0, 2, { randomState: 0 }).forward(zeros([1, 0])).toArray()).toEqual([[0, 0]]);
});

test('a border of the other end, behind the greater half', () => {
  const layer = new nn.Conv1d(1, 1, { kernelSize: 4, padding: 'same', paddingMode: 'circular', bias: false });
  layer.weight.data.set([1000, 100, 10, 1]);
  expect(layer.forward(tensor([[[1, 2, 3, 4]]])).toArray()).toEqual([[[4123, 1234, 2341, 3412]]]);
});

test('gradients of one parameter alone are clipped', () => {
  const w = tensor([0, 0], { requiresGrad: true });
  w.grad = tensor([3, -4]);
  expect(nn.clipGradNorm(w, 10)).toBe(5);
  nn.clipGradValue(w, 3.5);
  expect(w.grad.toArray()).toEqual([3, -3.5]);
});
