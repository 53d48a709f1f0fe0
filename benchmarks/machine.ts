import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, platform, release } from 'node:os';
import { pathOf } from './paths.ts';
import type { BenchmarkResult, Outcome } from './result.ts';
import { isMeasured } from './result.ts';

export function describeMachine(): BenchmarkResult['machine'] {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown processor';
  return { cpu, cores: availableParallelism(), system: `${platform()} ${release()}` };
}

/** fitwise by its commit, and what the contestants said of themselves. */
export function collectVersions(outcomes: readonly Outcome[]): Record<string, string> {
  const { stdout } = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: pathOf('.'), encoding: 'utf8' });
  const told = outcomes.filter(isMeasured).map(({ versions }) => versions);
  return Object.assign({ fitwise: stdout?.trim() || 'unknown' }, ...told);
}

/** `2026-01-31-amd-epyc-node20`: Node belongs to the name, or runs on two of them would overwrite one another. */
export function resultName({ date, machine, versions }: BenchmarkResult): string {
  const cpu = machine.cpu
    .toLowerCase()
    .replaceAll(/\((?:r|tm)\)/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  const node = versions.node?.split('.')[0] ?? 'unknown';
  return `${date.slice(0, 10)}-${cpu.replaceAll(/^-|-$/g, '')}-node${node}`;
}
