/** `npm run build`: generated sources, then ESM .js and .d.ts file by file into dist, that in few files for Node, and the worker. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForNode } from './lib/bundle.mjs';
import { filesBelow, ROOT } from './lib/fresh.mjs';
import { bundleWorker, prepareSources } from './lib/steps.mjs';

await prepareSources();

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
for (const path of filesBelow('dist', name => name.endsWith('.d.ts'))) rewriteExtensions(path);
await bundleWorker('dist/worker.js');
await bundleForNode(entriesOfPackage(), join(ROOT, 'dist/node'));

/** What package.json exports, by the name that each has below dist: `nn/index` and so on. */
function entriesOfPackage() {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const files = Object.values(exports)
    .map(entry => entry.default)
    .filter(file => file !== undefined);
  return Object.fromEntries(files.map(file => [file.slice('./dist/'.length, -'.js'.length), join(ROOT, file)]));
}

/** The compiler rewrites `./x.ts` to `./x.js` in code but not in declarations, where TypeScript 5.9 refuses it. */
function rewriteExtensions(path) {
  const text = readFileSync(path, 'utf8');
  const rewritten = text.replace(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2');
  if (rewritten !== text) writeFileSync(path, rewritten);
}
