import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OracleSpec } from './case.ts';
import { fromTaggedJson, type Plain, toTaggedJson } from './encode.ts';

export interface Answers {
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Plain[];
}

const ENVIRONMENT = '.venv-parity';
const PACKAGES = ['scikit-learn==1.9.*', 'pandas'];
const TORCH = 'torch==2.13.0';

/** An interpreter with scikit-learn 1.9: the one named, or that of an environment made below `root` for the purpose. */
export function findPython(root: string, named: string | undefined): string {
  if (named !== undefined) return named;
  const python = join(root, ENVIRONMENT, 'bin/python');
  if (existsSync(python) && spawnSync(python, ['-c', 'import sklearn, pandas']).status === 0) return python;
  runLoudly('python3', ['-m', 'venv', join(root, ENVIRONMENT)]);
  runLoudly(python, [...PIP_INSTALL, ...PACKAGES]);
  if (offersSmallTorch(python)) runLoudly(python, [...PIP_INSTALL, TORCH]);
  return python;
}

const PIP_INSTALL = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];

/**
 * Whether pip would install torch's build for processors (200 MB, half a minute) and not the one for GPUs, which brings
 * gigabytes. Without torch the families that are compared with it are skipped.
 */
function offersSmallTorch(python: string): boolean {
  const args = [...PIP_INSTALL, '--dry-run', '--no-deps', '--report', '-', TORCH];
  const { status, stdout } = spawnSync(python, args, { encoding: 'utf8' });
  return status === 0 && (/torch-[^"]*(\+|%2B)cpu/.test(stdout) || process.platform !== 'linux');
}

function runLoudly(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

/** Whether an interpreter has torch. */
export function hasTorch(python: string): boolean {
  return spawnSync(python, ['-c', 'import torch']).status === 0;
}

/** Asks all questions of one script in one process. */
export async function askOracle(
  root: string,
  python: string,
  script: 'oracle.py' | 'torch_oracle.py',
  specs: readonly OracleSpec[],
): Promise<Answers> {
  const child = spawn(python, [join(root, 'tests/parity', script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Without a fixed hash seed, sets in error messages come in another order each time.
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONHASHSEED: '0' },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(toTaggedJson({ specs }));
  const code = await ended;
  if (code !== 0) throw new Error(`${python} ${script} ended with ${code}`);
  return fromTaggedJson(Buffer.concat(chunks).toString('utf8')) as unknown as Answers;
}
