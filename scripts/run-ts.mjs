/** `node scripts/run-ts.mjs <file.ts> [args]`: bundles a TypeScript script of this repository and runs it. */
import { spawn } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { bundleScript } from './lib/bundle.mjs';
import { ROOT } from './lib/fresh.mjs';
import { prepareSources, prepareWorker } from './lib/steps.mjs';

const [source, ...args] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node scripts/run-ts.mjs <file.ts> [args]');
  process.exit(2);
}
await prepareSources();
// A script that uses no threads runs even where some module that only the worker needs is broken.
await prepareWorker().catch(error => console.error(`the worker could not be bundled: ${error.message}`));

const name = relative(ROOT, resolve(source)).replace(/\.ts$/, '').replaceAll('/', '-');
const file = resolve(ROOT, 'build/scripts', `${name}.mjs`);
await bundleScript(resolve(source), file);

const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], { stdio: 'inherit' });
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
