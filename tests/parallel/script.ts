/** Run as a process of its own: what a script that uses workers leaves behind. Prints results and resources. */
import { closePool, mapTasks, registerModule } from '../../src/parallel/index.ts';
import { drive } from '../../src/work/index.ts';
import { hang, sleep } from './toy-tasks.mjs';

const [toys, mode] = process.argv.slice(2);
registerModule(toys!);
const run = () => drive(mapTasks(sleep, [1, 2, 3], { shared: null, nJobs: 2, label: 'script' }));

const results = await run();
if (mode === 'close') await closePool();
if (mode === 'abort') {
  const signal = AbortSignal.timeout(50);
  await drive(mapTasks(hang, [null, null], { shared: null, nJobs: 2, label: 'script' }), { signal }).catch(() => {});
}
if (mode === 'again') {
  await closePool();
  results.push(...(await run()));
  await closePool();
}
const resources = process.getActiveResourcesInfo().filter(name => /Worker|Message|Timeout/.test(name));
console.log(JSON.stringify({ results, resources }));
