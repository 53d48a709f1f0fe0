import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  autocast,
  exp,
  Linear,
  linear,
  memoryReport,
  mul,
  Parameter,
  randn,
  relu,
  Sequential,
  square,
  sum,
  Tanh,
  type Tensor,
  tanh,
  tensor,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function bytesHeld(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

const stack = (depth: number, width: number) =>
  new Sequential(
    ...Array.from({ length: depth }, (_, i) => [new Linear(width, width, { randomState: i }), new Tanh()]).flat(),
  );

test.each([
  ['bfloat16', 2 ** -8],
  ['float16', 2 ** -11],
] as const)('%s: results are the same bits, gradients differ by the rounding of what was kept', (dtype, unit) => {
  const model = stack(3, 6);
  const x = randn([5, 6], 9);
  const run = (scope: (body: () => Tensor) => Tensor) => {
    model.zeroGrad();
    const loss = scope(() => sum(square(model.forward(x))));
    loss.backward();
    return [loss, ...model.parameters().map(({ grad }) => grad!)];
  };
  const [loss, ...gradients] = run(body => body());
  const [same, ...rounded] = run(body => autocast(body, { dtype }));
  expect(same).toEqual(loss);
  const norm = (values: readonly Float32Array[]) => Math.hypot(...values.flatMap(part => [...part]));
  const apart = norm(gradients.map(({ data }, i) => data.map((value, k) => value - rounded[i]!.data[k]!)));
  const share = apart / norm(gradients.map(({ data }) => data));
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(4 * unit);
});

test('by hand: what exp keeps of e^1 is rounded to 8 bits, and is its gradient', () => {
  const x = tensor([1], { requiresGrad: true });
  autocast(() => exp(x)).backward();
  // 2.71828... = 1.359... x 2^1; 1.359 to 7 bits behind the point is 174 / 128.
  expect(x.grad!.item()).toBe((2 * 174) / 128);
});

test('parameters and data are kept as they are, and what two operations keep is halved once', () => {
  const w = new Parameter(randn([3, 4], 1));
  const x = randn([2, 4], 2);
  sum(autocast(() => linear(x, w))).backward();
  const halved = w.grad!;
  w.grad = null;
  sum(linear(x, w)).backward();
  expect(halved).toEqual(w.grad);
  const model = new Sequential(new Linear(4, 8), new Tanh(), new Linear(8, 2));
  const saved = (scope: (body: () => Tensor) => Tensor) =>
    memoryReport(model, { run: () => scope(() => model.forward(x)) });
  // x; what tanh is given, and its result, which the last layer keeps too.
  expect(saved(body => body()).saved).toBe(4 * (8 + 16 + 16));
  expect(saved(autocast).saved).toBe(4 * 8 + 2 * (16 + 16));
});

test('the memory is really free: a deep stack holds half', () => {
  const [depth, width, rows] = [8, 64, 256];
  const model = stack(depth, width);
  const x = randn([rows, width], 3);
  const held = (scope: (body: () => Tensor) => Tensor) => {
    const before = bytesHeld();
    const y = scope(() => sum(model.forward(x)));
    const bytes = bytesHeld() - before;
    y.backward();
    return bytes;
  };
  held(body => body());
  const one = 4 * rows * width;
  const [whole, half] = [held(body => body()), held(autocast)];
  expect(whole / one).toBeGreaterThan(2 * depth - 0.5);
  expect(half / one).toBeLessThan(depth + 0.5);
});

test('float16 has no room above 65504, where bfloat16 has that of single precision', () => {
  const gradient = (dtype: 'float16' | 'bfloat16') => {
    const x = tensor([300], { requiresGrad: true });
    sum(autocast(() => square(mul(relu(x), 300)), { dtype })).backward();
    return x.grad!.item();
  };
  expect(gradient('float16')).toBe(Infinity);
  expect(gradient('bfloat16') / (2 * 300 ** 3)).toBeCloseTo(1, 2);
});

test('what is kept in half must not change in place either; other formats are refused', async () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const y = tanh(x);
  const z = autocast(() => square(y));
  y.data[0] = 5;
  y.markChanged();
  expect(await refusal(() => sum(z).backward())).toContain('Cannot run backward through square');
  expect(await refusal(() => autocast(() => x, { dtype: 'int8' as never }))).toBe(
    "InvalidParamError: Cannot autocast: dtype must be 'bfloat16' or 'float16', received 'int8'",
  );
  expect(await refusal(() => autocast(async () => x))).toContain('the body must not return a promise');
});
