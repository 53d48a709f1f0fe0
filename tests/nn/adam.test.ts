import { expect, test } from 'vitest';
import { adam } from '../../src/nn/index.ts';
import { scaleByAdam } from '../../src/nn/optimizers/scale-by-adam.ts';
import { scaleByLearningRate } from '../../src/nn/optimizers/scale-by-learning-rate.ts';
import { chain, type State } from '../../src/nn/optimizers/transform.ts';
import { zeros } from '../../src/nn/tensor/index.ts';

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
