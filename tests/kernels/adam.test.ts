import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adamDescend, adamStep } from '../../src/kernels/adam/reference.ts';
import { adamDescendInto, adamStepInto } from '../../src/kernels/index.ts';

/** Compared a thousand times as fast as numbers are. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);

const factors = { beta1: 0.9, beta2: 0.999, scale: 10, root: 31.6, eps: 1e-8 };

test('adamStepInto equals its reference to the bit, whatever the length', () => {
  const lengths = fc.constantFrom(1, 63, 64, 65, 100, 16_383, 16_384, 16_385, 40_000);
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 1000 }), (length, seed) => {
      const wave = (k: number) => Float32Array.from({ length }, (_, i) => Math.sin(seed + k * i));
      const read = { gradient: wave(1), mean: wave(2), square: wave(3).map(Math.abs) };
      const make = () => ({ ...read, nextMean: wave(4), nextSquare: wave(5), update: wave(6) });
      for (const given of [factors, { ...factors, rate: -0.001 }]) {
        const [fast, plain] = [make(), make()];
        adamStepInto(fast, given);
        adamStep(plain, given);
        for (const name of ['nextMean', 'nextSquare', 'update'] as const) {
          expect(bytesOf(fast[name]).equals(bytesOf(plain[name])), name).toBe(true);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('adamDescendInto equals its reference to the bit, and a step that is added to the parameters', () => {
  for (const length of [1, 64, 100, 40_000]) {
    const wave = (k: number) => Float32Array.from({ length }, (_, i) => Math.sin(1 + k * i));
    const make = () => ({ gradient: wave(1), mean: wave(2), square: wave(3).map(Math.abs), parameters: wave(4) });
    const [fast, plain, apart] = [make(), make(), make()];
    const given = { ...factors, rate: -0.001 };
    adamDescendInto(fast, given);
    adamDescend(plain, given);
    const update = new Float32Array(length);
    adamStep({ ...apart, nextMean: apart.mean, nextSquare: apart.square, update }, given);
    const parameters = apart.parameters.map((value, i) => value + update[i]!);
    for (const name of ['mean', 'square', 'parameters'] as const) {
      expect(bytesOf(fast[name]).equals(bytesOf(plain[name])), name).toBe(true);
      expect(bytesOf(fast[name]).equals(bytesOf({ ...apart, parameters }[name])), name).toBe(true);
    }
  }
});

test('the first step is the sign of the gradient, but for eps', () => {
  const length = 100;
  const gradient = Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? 3 : -0.5));
  const update = new Float32Array(length);
  const first = { beta1: 0.9, beta2: 0.999, scale: 1 / (1 - 0.9), root: 1 / Math.sqrt(1 - 0.999), eps: 1e-8 };
  const [mean, square, nextMean, nextSquare] = [0, 1, 2, 3].map(() => new Float32Array(length)) as Four;
  adamStepInto({ gradient, mean, square, nextMean, nextSquare, update }, first);
  update.forEach((value, i) => {
    expect(value).toBeCloseTo(i % 2 === 0 ? 1 : -1, 5);
  });
});

type Four = [Float32Array, Float32Array, Float32Array, Float32Array];
