/** Every estimator, with each hostile value as each parameter and as each argument of its methods. */
import { describe, expect, test } from 'vitest';
import type { MatrixLike } from '../../src/array/index.ts';
import type { Target } from '../../src/check/index.ts';
import type { AnyEstimator } from '../../src/core/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import {
  HalvingGridSearchCV,
  HalvingRandomSearchCV,
  LabelEncoder,
  RandomizedSearchCV,
  Ridge,
} from '../../src/index.ts';
import type { Factory } from '../../src/testing/index.ts';
import { Probe, plain } from '../../src/testing/probe.ts';
import { registry } from '../contract/registry.ts';
import { complaint } from './judge.ts';
import { hostileValues } from './values.ts';

const METHODS =
  'fitTransform fitPredict predict predictProba predictLogProba decisionFunction transform inverseTransform';
const OPTIONS = 'sampleWeight groups device validation classes warmStartFrom signal onProgress noSuchOption';

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** Estimators that the laws do not run over. */
const more: Readonly<Record<string, { readonly make: Factory }>> = {
  RandomizedSearchCV: {
    make: () =>
      new RandomizedSearchCV(new Ridge(), { paramDistributions: { alpha: [1, 2] }, nIter: 2, cv: 2, randomState: 0 }),
  },
  HalvingGridSearchCV: {
    make: () => new HalvingGridSearchCV(new Ridge(), { paramGrid: { alpha: [1, 2] }, cv: 2, minResources: 'exhaust' }),
  },
  HalvingRandomSearchCV: {
    make: () =>
      new HalvingRandomSearchCV(new Ridge(), {
        paramDistributions: { alpha: [1, 2] },
        nCandidates: 2,
        cv: 2,
        randomState: 0,
      }),
  },
};

describe.each(Object.entries({ ...registry, ...more }))('%s', (_, { make }) => {
  test('takes soundly, or refuses, whatever it is made with', async () => {
    const probe = new Probe(make);
    const complaints: string[] = [];
    for (const [what, value] of values()) {
      complaints.push(...(await complain(`new: ${what}`, value, () => new (make().constructor as Maker)(value))));
      for (const name of Object.keys(make().params)) {
        const run = () => outcome(make().withParams({ [name]: value } as never), probe);
        complaints.push(...(await complain(`${name}: ${what}`, value, run)));
      }
    }
    expect(complaints).toEqual([]);
  });

  test('takes soundly, or refuses, whatever it is fitted on', async () => {
    const probe = new Probe(make);
    const model = await probe.fit();
    const before = await probe.outputs(model);
    const complaints: string[] = [];
    for (const [what, value] of values()) {
      const fits = {
        'fit(X)': () => model.fit(value as MatrixLike, probe.y),
        'fit(y)': () => model.fit(probe.X, value as Target),
        'fit(options)': () => model.fit(probe.X, probe.y, value as object),
        ...Object.fromEntries(
          OPTIONS.split(' ').map(name => [name, () => model.fit(probe.X, probe.y, { [name]: value })] as const),
        ),
      };
      for (const [place, start] of Object.entries(fits)) {
        const settled = await captureWarnings(start).then(
          () => true,
          () => false,
        );
        complaints.push(...(await complain(`${place}: ${what}`, value, () => outcomeOf(start, probe))));
        if (settled) await model.fit(probe.X, probe.y);
        else if (!same(await probe.outputs(model), before)) complaints.push(`${place}: ${what} changed the model`);
      }
    }
    expect(complaints).toEqual([]);
  });

  test('takes soundly, or refuses, whatever its methods are given', async () => {
    const probe = new Probe(make);
    const model = await probe.fit();
    const methods = model as unknown as Methods;
    const before = await probe.outputs(model);
    const complaints: string[] = [];
    for (const [what, value] of values()) {
      for (const name of METHODS.split(' ').filter(method => model.supports(method as 'predict'))) {
        const own = name.startsWith('fit') ? (make() as unknown as Methods) : methods;
        complaints.push(...(await complain(`${name}(X): ${what}`, value, () => own[name]!(value, probe.y))));
      }
      if (!model.supports('score')) continue;
      const scores = {
        'score(X)': () => methods.score!(value, probe.y),
        'score(y)': () => methods.score!(probe.X, value),
        'score(options)': () => methods.score!(probe.X, probe.y, value),
        'score(sampleWeight)': () => methods.score!(probe.X, probe.y, { sampleWeight: value }),
      };
      for (const [place, score] of Object.entries(scores)) {
        complaints.push(...(await complain(`${place}: ${what}`, value, score)));
      }
    }
    expect(complaints).toEqual([]);
    expect(same(await probe.outputs(model), before)).toBe(true);
  });
});

test('LabelEncoder takes soundly, or refuses, whatever it is given', async () => {
  const encoder = await new LabelEncoder().fit(['a', 'b']);
  const complaints: string[] = [];
  for (const [what, value] of values()) {
    complaints.push(
      ...(await complain(`fit: ${what}`, value, () => new LabelEncoder().fit(value as never))),
      ...(await complain(`transform: ${what}`, value, () => encoder.transform(value as never))),
      ...(await complain(`inverseTransform: ${what}`, value, () => encoder.inverseTransform(value as never))),
    );
  }
  expect(complaints).toEqual([]);
});

type Maker = new (value: unknown) => AnyEstimator;

/** Each hostile value, made anew. */
function values(): [what: string, value: unknown][] {
  return Object.entries(hostileValues).map(([what, make]) => [what, make()]);
}

async function complain(place: string, value: unknown, run: () => unknown): Promise<string[]> {
  const wrong = await complaint(run, [value]);
  return wrong === undefined ? [] : [`${place} ${wrong}`];
}

/** What a model that was fitted on hostile things makes of good samples. */
async function outcomeOf(start: () => Promise<unknown>, probe: Probe): Promise<unknown> {
  const fitted = (await start()) as AnyEstimator;
  return fitted.nFeaturesIn_ === probe.X.columns ? await probe.outputs(fitted) : undefined;
}

async function outcome(estimator: AnyEstimator, probe: Probe): Promise<unknown> {
  await estimator.fit(probe.X, probe.y);
  const methods = probe.methods().filter(method => estimator.supports(method));
  return Promise.all(methods.map(async method => plain(await (estimator as unknown as Methods)[method]!(probe.X))));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
