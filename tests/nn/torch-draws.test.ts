import { expect, test } from 'vitest';
import { Linear, normal, uniform } from '../../src/nn/index.ts';

// torch 2.13: torch.manual_seed(0), then the call in the title.

test('uniform: torch.rand(4)', () => {
  expect(uniform([4], { randomState: 0 }).toArray()).toEqual([
    0.49625658988952637, 0.7682217955589294, 0.08847743272781372, 0.13203048706054688,
  ]);
});

test('Linear: the weights and the bias of torch.nn.Linear(3, 2)', () => {
  const { weight, bias } = new Linear(3, 2, { randomState: 0 });
  expect(weight.toArray()).toEqual([
    [-0.004322517663240433, 0.3097158372402191, -0.4751853346824646],
    [-0.4248946011066437, -0.2223689705133438, 0.15482072532176971],
  ]);
  expect(bias?.toArray()).toEqual([-0.011439144611358643, 0.45777493715286255]);
});

test('normal: torch.randn(5)', () => {
  const drawn = normal([5], { randomState: 0 }).data;
  const torch = [1.5409960746765137, -0.293428897857666, -2.1787893772125244, 0.5684312582015991, -1.0845223665237427];
  torch.forEach((value, i) => {
    expect(drawn[i]).toBeCloseTo(value, 6);
  });
});

test('normal: torch.randn(20), whose last block of sixteen is drawn anew', () => {
  const drawn = normal([20], { randomState: 0 }).data;
  const torch = [
    -1.1258398294448853, -1.152360200881958, -0.2505785822868347, -0.4338788092136383, 0.5988394618034363,
    -1.5550950765609741, -0.3413603901863098, 1.85300612449646, 0.46809640526771545, -0.1577124446630478,
    1.4436601400375366, 0.26604941487312317, 1.3893661499023438, 1.586334228515625, 0.946298360824585,
    -0.843676745891571, 0.9318265914916992, 1.2590092420578003, 2.0049805641174316, 0.05373690277338028,
  ];
  torch.forEach((value, i) => {
    expect(drawn[i]).toBeCloseTo(value, 5);
  });
});
