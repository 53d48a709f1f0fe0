/** `npm run build`: generated sources, then ESM .js and .d.ts file by file into dist, then the bundled worker. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The compiler rewrites `./x.ts` to `./x.js` in code but not in declarations, where TypeScript 5.9 refuses it. */
function rewriteExtensions(path) {
  const text = readFileSync(path, 'utf8');
  const rewritten = text.replace(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2');
  if (rewritten !== text) writeFileSync(path, rewritten);
}
