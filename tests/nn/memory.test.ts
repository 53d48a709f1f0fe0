import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  adam,
  Conv2d,
  crossEntropy,
  Flatten,
  Linear,
  Optimizer,
  ReLU,
  randn,
  Sequential,
  tensor,
} from '../../src/nn/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of all typed arrays that are still reachable. */
function bytesHeld(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test('memory does not grow over steps, and nothing is disposed of by hand', () => {
  const conv = new Conv2d(1, 4, { kernelSize: 3, randomState: 0 });
  const model = new Sequential(conv, new ReLU(), new Flatten(), new Linear(4 * 36, 10, { randomState: 1 }));
  const optimizer = new Optimizer(model.parameters(), adam());
  const x = randn([16, 1, 8, 8], 2);
  const y = tensor(Array.from({ length: 16 }, (_, i) => i % 10));
  const train = (steps: number) => {
    for (let i = 0; i < steps; i++) {
      optimizer.zeroGrad();
      crossEntropy(model.forward(x), y).backward();
      optimizer.step();
    }
  };
  train(10);
  const before = bytesHeld();
  train(200);
  // A step makes some 200 kB; kept, they would be 40 MB.
  expect(bytesHeld() - before).toBeLessThan(200_000);
});
