/** What a run of the benchmark leaves in a file. */
export interface BenchmarkResult {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly system: string };
  readonly versions: Readonly<Record<string, string>>;
  /** Whether the sizes are those of `--quick`. */
  readonly isQuick: boolean;
  readonly rows: readonly Row[];
  /** Of the ratios to scikit-learn; null without scikit-learn. */
  readonly geometricMean: number | null;
}

/** One workload. */
export interface Row {
  readonly name: string;
  readonly size: string;
  /** The ratio to scikit-learn that is aimed at. */
  readonly target: number;
  /** Floating-point operations of a run, where the row tells its rate. */
  readonly operations?: number;
  readonly quality: string;
  readonly ours: Outcome;
  /** Each setting of scikit-learn that was tried. */
  readonly sklearn: readonly Outcome[];
  /** JavaScript packages, and variants of ours. */
  readonly peers: readonly Outcome[];
  /** Time of scikit-learn's fastest setting over ours; null where either has none. */
  readonly ratio: number | null;
  /** Whether our result is as good as scikit-learn's. */
  readonly isEqual: boolean;
}

export type Outcome = Measured | { readonly label: string; readonly failure: string };

export interface Measured {
  readonly label: string;
  /** Mean time of a run in each round. */
  readonly seconds: readonly number[];
  readonly median: number;
  /** Distance between the quartiles over the median. */
  readonly spread: number;
  readonly quality: number;
  /** Peak resident size of the process before and after the runs. */
  readonly preparedBytes: number;
  readonly peakBytes: number;
  readonly versions: Readonly<Record<string, string>>;
}

export const isMeasured = (outcome: Outcome): outcome is Measured => 'median' in outcome;

/** The fastest of several settings. */
export function fastest(outcomes: readonly Outcome[]): Measured | undefined {
  return outcomes.filter(isMeasured).toSorted((a, b) => a.median - b.median)[0];
}
