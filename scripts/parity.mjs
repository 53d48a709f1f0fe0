/**
 * `npm run parity -- [--only families] [--seed N] [--golden] [--python PATH]`: builds the runner and each family of
 * tests/parity/families on its own, so that one that does not build spoils no other, and starts the comparison.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleScript } from './lib/bundle.mjs';
import { filesBelow, ROOT } from './lib/fresh.mjs';
import { prepareSources } from './lib/steps.mjs';

await prepareSources();

const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false });
const wanted = values.only?.split(',');
const isWanted = name => wanted === undefined || wanted.some(part => name === part || name.startsWith(`${part}-`));

const folder = join(ROOT, 'build/parity');
const runner = join(folder, 'run.mjs');
await bundleScript(join(ROOT, 'tests/parity/run.ts'), runner);
const built = [];
for (const source of filesBelow('tests/parity/families', name => name.endsWith('.ts'))) {
  const name = basename(source, '.ts');
  if (!isWanted(name)) continue;
  const file = join(folder, 'families', `${name}.mjs`);
  try {
    await bundleScript(source, file);
  } catch (error) {
    writeFileSync(file, `throw new Error(${JSON.stringify(`cannot be built: ${error.message}`)});\n`);
  }
  built.push(file);
}

const args = ['--enable-source-maps', runner, '--root', ROOT, ...process.argv.slice(2), ...built];
spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', code => process.exit(code ?? 1));
