/** Numbers that say how large a workload is; the Python snippet reads them as variables of the same names. */
export type Size = Readonly<Record<string, number>>;

/** `run` is what is timed; its data are made and its models fitted before. */
export interface Body {
  run(): unknown;
  /** A number that tells how good the result of `run` is; not timed. */
  quality(result: unknown): number | Promise<number>;
}

export interface Workload {
  /** What `npm run bench -- NAME` selects it by. */
  readonly name: string;
  /** Whom `theirs` calls: scikit-learn unless it says so. */
  readonly against?: 'torch' | 'numpy';
  /** The ratio to it that is aimed at. */
  readonly target: number;
  readonly size: Size;
  /** The size under `--quick`. */
  readonly quick: Size;
  readonly quality: {
    readonly name: string;
    /** Largest difference from scikit-learn's quality, relative to it, that counts as none. */
    readonly within: number;
  };
  /** Whether it is run once, without warm-up: for what takes the better part of a minute. */
  readonly once?: boolean;
  ours(size: Size): Promise<Body>;
  /** Python that defines `run()` and `quality(result)`, with `np` and the size's variables at hand. */
  readonly theirs: string;
  /** Bodies of JavaScript peers, by package. */
  readonly peers?: Bodies<Size>;
  /** The same by other settings of ours, by what the table calls them. */
  readonly variants?: Bodies<Size>;
  /** Floating-point operations of a run, for rows that tell their rate. */
  readonly operations?: (size: Size) => number;
}

/**
 * The variant of ours whose process lets glibc ask for huge pages, as numpy asks for those of its arrays: a large result
 * then costs a fault per 2 MiB instead of one per 4 KiB. Hosts that give them unasked, or have no glibc, show no difference.
 */
export const HUGE_PAGES = 'huge pages';

type Bodies<S> = Readonly<Record<string, (size: S) => Promise<Body>>>;

interface WorkloadOf<S extends Size> extends Omit<Workload, 'peers' | 'variants' | 'operations'> {
  readonly size: S;
  readonly quick: S;
  ours(size: S): Promise<Body>;
  readonly peers?: Bodies<S>;
  readonly variants?: Bodies<S>;
  readonly operations?: (size: S) => number;
}

/** A workload whose functions know the names in its size. */
export function workload<S extends Size>(definition: WorkloadOf<S>): Workload {
  return definition as unknown as Workload;
}

/** A body whose `quality` knows what its `run` gives. */
export function body<R>(run: () => R, quality: (result: Awaited<R>) => number | Promise<number>): Body {
  return { run, quality: result => quality(result as Awaited<R>) };
}

/** `20,000 x 20, trees 100`: the table's words for a size. */
export function sizeText({ rows, columns, ...others }: Size): string {
  const shape = [rows, columns].filter(n => n !== undefined).map(n => n.toLocaleString('en-US'));
  const rest = Object.entries(others).map(([name, n]) => `${name} ${n}`);
  return [...(shape.length > 0 ? [shape.join(' x ')] : []), ...rest].join(', ');
}
