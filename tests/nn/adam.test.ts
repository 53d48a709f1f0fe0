import { expect, test } from 'vitest';
import { adam, Optimizer } from '../../src/nn/index.ts';
import { scaleByAdam } from '../../src/nn/optimizers/scale-by-adam.ts';
import { scaleByLearningRate } from '../../src/nn/optimizers/scale-by-learning-rate.ts';
import { chain, type State } from '../../src/nn/optimizers/transform.ts';
import { ones, type Tensor, zeros } from '../../src/nn/tensor/index.ts';

test('adam is scaleByAdam and then scaleByLearningRate, to the bit, in steps and in states', () => {
  const parameters = [zeros([100]), zeros([3]), zeros([70])];
  const [whole, parts] = [adam({ lr: 0.01 }), chain(scaleByAdam(), scaleByLearningRate(0.01))];
  let states: [State, State] = [whole.init(parameters), parts.init(parameters)];
  expect(states[0]).toEqual(states[1]);
  for (let step = 1; step <= 3; step++) {
    // The last parameter has no gradient at the second step.
    const gradients = parameters.map(({ size }, k) =>
      step === 2 && k === 2 ? null : Float32Array.from({ length: size }, (_, i) => Math.sin(step + k * i)),
    );
    const [ours, theirs] = [
      whole.update(gradients, states[0], parameters),
      parts.update(gradients, states[1] as readonly State[], parameters),
    ];
    expect(ours).toEqual(theirs);
    states = [ours.state, theirs.state];
  }
});

test('an optimizer steps in place, to the bit as the pure rule, and never writes to a state that it has given out', () => {
  const [rule, shown] = [adam({ lr: 0.01 }), { init: adam({ lr: 0.01 }).init, update: adam({ lr: 0.01 }).update }];
  const [first, second] = [0, 1].map(() => [ones([100]), ones([3])]) as [Tensor[], Tensor[]];
  const optimizers = [new Optimizer(first, rule), new Optimizer(second, shown)] as const;
  const states = [];
  for (let step = 1; step <= 5; step++) {
    for (const parameters of [first, second]) {
      for (const [k, parameter] of parameters.entries()) {
        // The last parameter has no gradient at the second step.
        const gradient = parameter.like(
          Float32Array.from({ length: parameter.size }, (_, i) => Math.sin(step + k * i)),
        );
        parameter.grad = step === 2 && k === 1 ? null : gradient;
      }
    }
    for (const optimizer of optimizers) optimizer.step();
    expect(first.map(({ data }) => data)).toEqual(second.map(({ data }) => data));
    if (step === 3) states.push(optimizers[0].getState(), structuredClone(optimizers[0].getState()));
    if (step === 4) optimizers[0].setState(optimizers[0].getState());
  }
  expect(states[0]).toEqual(states[1]);
  expect(optimizers[0].getState()).toEqual(optimizers[1].getState());
});
