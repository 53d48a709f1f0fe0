import type { Case, PythonValue } from './case.ts';

/** Our names of values that scikit-learn spells with an underscore. */
const VALUES: Readonly<Record<string, string>> = {
  rawValues: 'raw_values',
  uniformAverage: 'uniform_average',
  varianceWeighted: 'variance_weighted',
  nanEuclidean: 'nan_euclidean',
  additiveChi2: 'additive_chi2',
};

type Options = Readonly<Record<string, unknown>>;

interface Extra {
  readonly expectError?: boolean | 'ours' | 'alike';
  readonly tolerance?: number;
  readonly floor?: number;
  /** For what scikit-learn returns in another form than ours. */
  readonly shape?: (result: never) => unknown;
  /** Arguments for Python, where they differ. */
  readonly python?: readonly PythonValue[];
  /** Keyword arguments for Python, beside or in the place of those of the options. */
  readonly kwargs?: Options;
}

/** A metric of both libraries with the same arguments and options: `f1Score` beside `metrics.f1_score`. */
export function metricCase(
  metric: { readonly name: string },
  args: readonly unknown[],
  options: Options = {},
  { shape, python, kwargs, ...rest }: Extra = {},
  folder = 'metrics',
): Case {
  const given = Object.entries(options).filter(isGiven);
  const call = metric as unknown as (...all: readonly unknown[]) => never;
  const named = given.map(([name, value]) => [
    toSnake(name),
    typeof value === 'string' ? (VALUES[value] ?? value) : value,
  ]);
  return {
    name: metric.name,
    class: 'A',
    oracle: {
      call: `${folder}.${toSnake(metric.name)}`,
      args: python ?? args,
      kwargs: Object.fromEntries(Object.entries({ ...Object.fromEntries(named), ...kwargs }).filter(isGiven)),
    },
    ours: () => {
      const result = call(...args, ...(given.length === 0 ? [] : [Object.fromEntries(given)]));
      return shape === undefined ? result : shape(result);
    },
    ...rest,
  };
}

/** Two lists of numbers or words: `pair('0 1 2 | 0 1 1')`. */
export function pair(text: string): (number | string)[][] {
  const read = (word: string) => (Number.isNaN(Number(word)) && word !== 'NaN' ? word : Number(word));
  return text.split('|').map(list => list.split(' ').filter(Boolean).map(read));
}

function isGiven([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

/** `rocAucScore` as `roc_auc_score`. */
export function toSnake(name: string): string {
  return name
    .replace(/^d2([A-Z])/, 'd2_$1')
    .replace(/Chi2/, '_chi2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z])/g, '$1_$2')
    .replace(/__/g, '_')
    .toLowerCase();
}
