/** A project of somebody else's: an empty folder far from the repository, with the packed library installed. */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './fresh.mjs';
import { run } from './stages.mjs';

/** The compilers that must read our declarations, by the name under which the project installs them. */
export const COMPILERS = { typescript59: 'npm:typescript@5.9.3', typescript7: 'npm:typescript@7.0.2' };
export const NODES = ['20', '22', '24', '26'];

const folder = join(tmpdir(), 'fitwise-consumer');

/** Packs the library and installs it; an unchanged package finds its project as it was left. */
export async function makeConsumer() {
  const packing = ['pack', '--silent', '--pack-destination', tmpdir()];
  const output = await must('npm', packing, ROOT);
  const tarball = join(tmpdir(), output.trim().split('\n').at(-1));
  const stamp = join(folder, 'tarball.sha256');
  const digest = createHash('sha256').update(readFileSync(tarball)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    await install(tarball);
    writeFileSync(stamp, digest);
  }
  cpSync(join(ROOT, 'scripts/consumer'), folder, { recursive: true });
  writeFileSync(join(folder, 'example.ts'), exampleOfReadme());
  return { folder, packedBytes: statSync(tarball).size };
}

/** The first block of TypeScript in the README. */
function exampleOfReadme() {
  const code = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1];
  if (code === undefined) throw new Error('README.md has no example');
  return code;
}

async function install(tarball) {
  const { vite } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: { fitwise: `file:${tarball}` },
      devDependencies: { vite, ...COMPILERS },
    }),
  );
  await must('npm', ['install', '--no-package-lock', '--loglevel', 'error'], folder);
}

/** Runs a command in a folder and throws what it said if it fails; gives what it wrote to stdout. */
export async function must(command, args, cwd) {
  const result = await run(command, args, { cwd, quiet: true });
  if (result.code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${result.output}`);
  return result.stdout;
}

/** A script of the project's own packages, run by this Node. */
export const script = (name, ...args) => must(process.execPath, [join(folder, 'node_modules', name), ...args], folder);

/** What the example prints under a version of Node. */
export function exampleUnder(version) {
  return must('npx', ['--yes', '-p', `node@${version}`, 'node', join(folder, 'out/node.js')], folder);
}
