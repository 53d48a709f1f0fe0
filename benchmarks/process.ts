import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathOf } from './paths.ts';
import type { Answers, Question } from './protocol.ts';
import { HUGE_PAGES } from './workload.ts';

export interface Contestant {
  /** `fitwise`, `scikit-learn (2 threads)` or a package's name. */
  readonly label: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The JavaScript peer, or the variant of ours, that it is. */
  readonly peer?: string;
}

const NODE = [process.execPath, pathOf('build/benchmarks/contestant.js')];

export const OURS: Contestant = { label: 'fitwise', command: NODE };

export function peerContestant(peer: string): Contestant {
  const contestant = { label: peer, command: NODE, peer };
  return peer === HUGE_PAGES
    ? { ...contestant, environment: { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' } }
    : contestant;
}

/** torch on one thread: on more it collapses as soon as anything else needs a core. */
export function torchContestant(python: string): Contestant {
  return sklearnContestant(python, 1, 'torch');
}

/**
 * scikit-learn with as many BLAS and OpenMP threads. Waiting threads sleep, because two pools that spin on the same
 * cores slow each other down, and to beat that would prove nothing.
 */
export function sklearnContestant(python: string, threads: number, library = 'scikit-learn'): Contestant {
  const count = String(threads);
  return {
    label: `${library} (${threads} thread${threads === 1 ? '' : 's'})`,
    command: [python, pathOf('benchmarks/scikit_learn.py')],
    environment: {
      OMP_NUM_THREADS: count,
      OPENBLAS_NUM_THREADS: count,
      MKL_NUM_THREADS: count,
      OMP_WAIT_POLICY: 'PASSIVE',
    },
  };
}

/** The interpreter named by `PYTHON`, or `python3`, where it has scikit-learn 1.9; else why there is none. */
export function findPython(): { readonly python: string } | { readonly missing: string } {
  const python = process.env.PYTHON ?? 'python3';
  const { stdout } = spawnSync(python, ['-c', 'import sklearn; print(sklearn.__version__)'], { encoding: 'utf8' });
  const version = stdout?.trim() ?? '';
  if (version === '') return { missing: `${python} has no scikit-learn` };
  return version.startsWith('1.9.') ? { python } : { missing: `${python} has scikit-learn ${version}, not 1.9` };
}

/** What a contestant has for ending its workers. */
const PARTING_MS = 5000;

/** A running contestant. */
export class Running {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #answers: AsyncIterator<string>;
  readonly #limitSeconds: number;

  constructor({ command, environment }: Contestant, limitSeconds: number) {
    const [file, ...args] = command;
    this.#child = spawn(file!, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    this.#child.stdin!.on('error', () => {});
    this.#ended = new Promise(resolve => this.#child.on('close', resolve).on('error', resolve));
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#limitSeconds = limitSeconds;
  }

  /** @throws Error with what went wrong over there, or when it ended or took longer than the limit. */
  async ask<K extends keyof Answers>(question: Extract<Question, { readonly ask: K }>): Promise<Answers[K]> {
    let isLate = false;
    const alarm = setTimeout(() => {
      isLate = true;
      this.#child.kill();
    }, this.#limitSeconds * 1000);
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#answers.next();
    clearTimeout(alarm);
    if (done) throw new Error(isLate ? `took more than ${this.#limitSeconds} s` : 'ended without an answer');
    const answer = JSON.parse(value) as Answers[K] | { readonly error: string };
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  /** Lets it put its own affairs in order, as far as it hurries. */
  async end(): Promise<void> {
    this.#child.stdin!.end();
    const alarm = setTimeout(() => this.#child.kill(), PARTING_MS);
    await this.#ended;
    clearTimeout(alarm);
  }
}
