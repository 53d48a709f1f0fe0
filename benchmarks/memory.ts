/**
 * `npm run bench:memory`: the memory that a forest's fit takes besides its data, by the peak of the resident size: for a
 * forest on 1,000,000 x 50 on one worker and on two (aim: 2.5 times the bytes of X), and after one fit and a hundred of
 * a smaller one (aim: no more). Every measurement has a process of its own: a peak never falls.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { closePool, RandomForestClassifier } from 'fitwise';
import { normalMatrix } from './workloads/data.ts';

const MEGA = 2 ** 20;
const [rows, columns, trees, nJobs, fits] = process.argv.slice(2).map(Number);
if (rows === undefined) measureAll();
else await measure(rows, columns!, trees!, nJobs!, fits!);

function measureAll(): void {
  for (const jobs of [1, 2]) run(1_000_000, 50, 4, jobs, 1);
  for (const count of [1, 100]) run(20_000, 50, 4, 2, count);
}

function run(...sizes: number[]): void {
  spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...sizes.map(String)], { stdio: 'inherit' });
}

async function measure(rows: number, columns: number, trees: number, nJobs: number, fits: number): Promise<void> {
  const X = normalMatrix(rows, columns);
  const y = Array.from({ length: rows }, (_, i) => Number(X.get(i, 0) + X.get(i, 1) > 0));
  const before = process.resourceUsage().maxRSS / 1024;
  const now = process.memoryUsage.rss() / MEGA;
  for (let k = 0; k < fits; k++)
    await new RandomForestClassifier({ nEstimators: trees, randomState: 0, nJobs }).fit(X, y);
  const peak = process.resourceUsage().maxRSS / 1024;
  await closePool();
  const bytes = X.data.byteLength / MEGA;
  console.log(
    `${rows.toLocaleString('en-US')} x ${columns}, ${trees} trees, ${nJobs} workers, ${fits} fits: X ${bytes.toFixed(0)} MB, ` +
      `before ${now.toFixed(0)} MB, peak ${peak.toFixed(0)} MB: ${((peak - now) / bytes).toFixed(2)} times X` +
      (before > now + 64 ? ` (making X took ${before.toFixed(0)} MB)` : ''),
  );
}
