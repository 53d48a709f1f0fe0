import { RandomState, sampleWithoutReplacement, XorShift } from '../../../src/random/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

/** numpy's legacy RandomState, draw for draw; several draws in a row show that the streams stay in step. */
export function cases(draw: Draw): Case[] {
  return [
    ...Array.from({ length: 40 }, () => sequence(draw)),
    ...Array.from({ length: 20 }, () => withoutReplacement(draw)),
    ...Array.from({ length: 10 }, () => xorshift(draw)),
  ];
}

interface Step {
  readonly python: string;
  readonly ours: (random: RandomState) => unknown;
}

function sequence(draw: Draw): Case {
  const seed = draw.choice([0, 1, 42, 2 ** 32 - 1, draw.seed()]);
  const steps = Array.from({ length: 6 }, () => draw.choice(STEPS)(draw));
  return {
    name: 'RandomState sequences',
    class: 'D',
    oracle: {
      python: [`r = np.random.RandomState(${seed})`, `result = [${steps.map(step => step.python).join(', ')}]`].join(
        '\n',
      ),
    },
    ours: () => {
      const random = new RandomState(seed);
      return steps.map(step => step.ours(random));
    },
  };
}

function withoutReplacement(draw: Draw): Case {
  const seed = draw.seed();
  const population = draw.choice([1, 20, 400, 3000]);
  const samples = draw.choice([0, 1, draw.integer(0, population), population - 1, population]);
  const method = draw.choice(['auto', 'auto', 'tracking_selection', 'reservoir_sampling', 'pool']);
  return {
    name: 'sampleWithoutReplacement',
    class: 'D',
    oracle: {
      call: 'utils.random.sample_without_replacement',
      args: [population, samples],
      kwargs: { method, random_state: seed },
    },
    ours: () => sampleWithoutReplacement(population, samples, { randomState: seed, method }),
  };
}

function xorshift(draw: Draw): Case {
  const seed = draw.choice([0, 1, 2 ** 32 - 1, draw.seed()]);
  return {
    name: 'XorShift',
    class: 'D',
    oracle: { call: 'utils._random._our_rand_r_py', args: [seed] },
    ours: () => new XorShift(seed).next(),
  };
}

const STEPS: readonly ((draw: Draw) => Step)[] = [
  () => ({ python: 'r.random_sample()', ours: random => random.random() }),
  draw => {
    const [low, width, n] = [draw.real(-5, 5), draw.real(0, 9), draw.integer(1, 9)];
    return { python: `r.uniform(${low}, ${low + width}, ${n})`, ours: random => random.uniform(low, low + width, n) };
  },
  draw => {
    const [low, high, n] = [draw.integer(-5, 5), draw.choice([6, 7, 100, 65536, 2 ** 31 - 1]), draw.integer(1, 9)];
    return { python: `r.randint(${low}, ${high}, ${n})`, ours: random => random.randint(low, high, n) };
  },
  draw => {
    const n = draw.integer(1, 30);
    return { python: `r.permutation(${n})`, ours: random => random.permutation(n) };
  },
  draw => {
    const n = draw.integer(1, 9);
    return { python: `r.normal(1, 2, ${n})`, ours: random => random.normal(1, 2, n) };
  },
  () => ({ python: 'r.exponential(2.5)', ours: random => random.exponential(2.5) }),
  draw => {
    const [a, b] = [draw.choice([0.3, 1, 2.5]), draw.choice([0.4, 1, 7])];
    return { python: `r.beta(${a}, ${b})`, ours: random => random.beta(a, b) };
  },
  draw => {
    const shape = draw.choice([0, 0.2, 1, 3.5]);
    return { python: `r.gamma(${shape}, 2.0)`, ours: random => random.gamma(shape, 2) };
  },
  draw => {
    const mean = draw.choice([0, 0.5, 9.5, 10, 80]);
    return { python: `r.poisson(${mean}, 4)`, ours: random => random.poisson(mean, 4) };
  },
  draw => {
    const [n, p] = [draw.choice([0, 1, 20, 1000]), draw.choice([0, 0.1, 0.5, 0.97, 1])];
    return { python: `r.binomial(${n}, ${p}, 3)`, ours: random => random.binomial(n, p, 3) };
  },
  draw => {
    const n = draw.choice([0, 5, 300]);
    return { python: `r.multinomial(${n}, [0.2, 0.3, 0.5])`, ours: random => random.multinomial(n, [0.2, 0.3, 0.5]) };
  },
  draw => {
    const high = draw.choice([2 ** 32, 2 ** 32 + 1, 2 ** 45]);
    return { python: `r.randint(0, ${high})`, ours: random => random.randint(0, high) };
  },
  draw => {
    const [n, size] = [draw.integer(1, 8), draw.integer(0, 8)];
    return { python: `r.choice(${n}, ${size})`, ours: random => random.choice(n, size) };
  },
  draw => {
    const n = draw.integer(1, 4);
    const p = [0.5, 0, 0.25, 0.125, 0.125];
    return {
      python: `r.choice(5, ${n}, replace=False, p=[${p}])`,
      ours: random => random.choice(5, n, { replace: false, p }),
    };
  },
  draw => {
    const p = draw.choice([
      [0.1, 0.2, 0.7],
      [0, 1, 0],
    ]);
    return { python: `r.choice(3, 5, p=[${p}])`, ours: random => random.choice(3, 5, { p }) };
  },
  () => ({ python: 'r.dirichlet([0.3, 1, 6], 2).ravel()', ours: random => random.dirichlet([0.3, 1, 6], 2) }),
  () => ({ python: "r.permutation(['a', 'b', 'c', 'd'])", ours: random => random.permutation(['a', 'b', 'c', 'd']) }),
];
