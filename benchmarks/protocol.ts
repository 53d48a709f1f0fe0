/**
 * What the benchmark and its contestants say to one another: a JSON document a line, a question on stdin and its
 * answer on stdout. A contestant is a process that holds one workload, so that importing and making data are over
 * before anything is timed, and its peak memory is that workload's.
 */
export type Question =
  | {
      readonly ask: 'prepare';
      readonly workload: string;
      readonly size: Readonly<Record<string, number>>;
      /** The JavaScript peer or the variant that runs it; fitwise as users call it does where there is none. */
      readonly peer?: string;
      /** The workload in Python. */
      readonly code?: string;
    }
  | { readonly ask: 'time'; readonly repeats: number }
  | { readonly ask: 'finish' };

export interface Answers {
  /** Peak resident size once the data are made. */
  readonly prepare: { readonly preparedBytes: number };
  /** Mean time of one run. */
  readonly time: { readonly seconds: number };
  readonly finish: {
    readonly quality: number;
    readonly peakBytes: number;
    readonly versions: Readonly<Record<string, string>>;
  };
}

export type Answer = Answers[keyof Answers] | { readonly error: string };
