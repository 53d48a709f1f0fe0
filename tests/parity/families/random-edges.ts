import { RandomState } from '../../../src/random/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** RandomState at the edges of its arguments: bounds at powers of two, tiny and huge parameters, certain outcomes. */
export function cases(draw: Draw): Case[] {
  return Array.from({ length: 120 }, () => ({ ...sequence(draw), liveOnly: true }));
}

interface Step {
  readonly python: string;
  readonly ours: (random: RandomState) => unknown;
}

function sequence(draw: Draw): Case {
  const seed = draw.choice([0, 1, 2 ** 31, 2 ** 32 - 1, draw.seed()]);
  const steps = Array.from({ length: 8 }, () => draw.choice(STEPS)(draw));
  return {
    name: 'RandomState at the edges',
    class: 'D',
    oracle: { python: `r = np.random.RandomState(${seed})\nresult = [${steps.map(step => step.python).join(', ')}]` },
    ours: () => {
      const random = new RandomState(seed);
      return steps.map(step => step.ours(random));
    },
  };
}

const STEPS: readonly ((draw: Draw) => Step)[] = [
  // An Int32Array holds the draws, so that bounds of several lie in 32 bits.
  draw => {
    const high = draw.choice([1, 2, 3, 255, 256, 257, 65536, 65537, 2 ** 31 - 1]);
    const [low, n] = [draw.choice([0, 0, -1, -high]), draw.choice([0, 1, 5])];
    return { python: `r.randint(${low}, ${high}, ${n})`, ours: random => random.randint(low, high, n) };
  },
  draw => {
    const high = draw.choice([2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 52]);
    const low = draw.choice([0, -1, 1 - high]);
    return { python: `r.randint(${low}, ${high})`, ours: random => random.randint(low, high) };
  },
  draw => {
    const [mean, std, n] = [draw.choice([0, -1e6, 1e-9]), draw.choice([0, 1, 1e-9, 1e9]), draw.choice([0, 1, 3])];
    return { python: `r.normal(${mean}, ${std}, ${n})`, ours: random => random.normal(mean, std, n) };
  },
  draw => {
    const [low, high, n] = [draw.choice([0, -1e9]), draw.choice([0, 1, 1e9]), draw.choice([0, 1, 4])];
    return { python: `r.uniform(${low}, ${high}, ${n})`, ours: random => random.uniform(low, high, n) };
  },
  draw => {
    const [scale, n] = [draw.choice([0, 1e-9, 1, 1e9]), draw.choice([1, 3])];
    return { python: `r.exponential(${scale}, ${n})`, ours: random => random.exponential(scale, n) };
  },
  draw => {
    const [shape, scale] = [draw.choice([0, 1e-3, 0.5, 1, 1.0001, 50]), draw.choice([0, 1, 1e-6])];
    return { python: `r.gamma(${shape}, ${scale}, 2)`, ours: random => random.gamma(shape, scale, 2) };
  },
  draw => {
    const [a, b] = [draw.choice([0.01, 0.5, 1, 30]), draw.choice([0.01, 1, 2, 100])];
    return { python: `r.beta(${a}, ${b}, 2)`, ours: random => random.beta(a, b, 2) };
  },
  draw => {
    const mean = draw.choice([0, 1e-5, 9.999, 10, 10.001, 1000, 1e6]);
    return { python: `r.poisson(${mean}, 3)`, ours: random => random.poisson(mean, 3) };
  },
  draw => {
    const [n, p] = [draw.choice([0, 1, 29, 60, 61, 10000]), draw.choice([0, 1e-9, 0.4999, 0.5, 0.5001, 1])];
    return { python: `r.binomial(${n}, ${p}, 3)`, ours: random => random.binomial(n, p, 3) };
  },
  draw => {
    const p = draw.choice([[1], [0, 1], [1, 0, 0], [0.25, 0.25, 0.25, 0.25]]);
    const n = draw.choice([0, 1, 1000]);
    return { python: `r.multinomial(${n}, [${p}])`, ours: random => random.multinomial(n, p) };
  },
  draw => {
    const n = draw.choice([1, 2, 100]);
    const size = draw.integer(0, n);
    return {
      python: `r.choice(${n}, ${size}, replace=False)`,
      ours: random => random.choice(n, size, { replace: false }),
    };
  },
  draw => {
    const n = draw.choice([0, 1, 2, 257]);
    return { python: `r.permutation(${n})`, ours: random => random.permutation(n) };
  },
  draw => {
    const p = draw.choice([[0, 0.5, 0.5, 0], [1], [0.1, 0.9]]);
    const size = draw.choice([1, 2].slice(0, p.filter(Boolean).length));
    return {
      python: `r.choice(${p.length}, ${size}, replace=False, p=[${p}])`,
      ours: random => random.choice(p.length, size, { replace: false, p }),
    };
  },
  () => ({ python: 'r.random_sample()', ours: random => random.random() }),
  draw => {
    const alpha = draw.choice([
      [1, 1],
      [0.01, 100],
      [1e-3, 1e-3, 1],
    ]);
    return { python: `r.dirichlet([${alpha}])`, ours: random => random.dirichlet(alpha) };
  },
];
