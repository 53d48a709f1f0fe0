/** The main job prints what scikit-learn prints for it, digit for digit. Needs `npm run build` before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/fresh.mjs';
import { counts, run, Stages } from './lib/stages.mjs';

const stages = new Stages();
await stages.stage('mainjob', async () => {
  const built = await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'examples']);
  const { code, stdout } = await run(process.execPath, ['build/examples/breast-cancer.js']);
  const expected = readFileSync(join(ROOT, 'examples/breast-cancer.expected.txt'), 'utf8');
  const isSame = stdout.trim() === expected.trim();
  return isSame && code === 0 && built.code === 0 ? counts(1) : counts(0, 1);
});
stages.end();
