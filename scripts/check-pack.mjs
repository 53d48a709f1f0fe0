/**
 * What users install, tried as they would: the packed library in an empty project. The example compiles under old and
 * new TypeScript, prints the same under every supported Node, and bundles with Vite. Needs `npm run build` before.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { COMPILERS, exampleUnder, makeConsumer, NODES, script } from './lib/consumer.mjs';
import { counts, run, Stages } from './lib/stages.mjs';

const stages = new Stages();
let folder;
let expected;

await stages.stage('pack', async () => {
  const consumer = await makeConsumer();
  folder = consumer.folder;
  console.log(`packed size: ${kilobytes(consumer.packedBytes)}`);
  return counts(1);
});
for (const name of Object.keys(COMPILERS)) await stages.stage(name, () => compile(name));
for (const version of NODES) {
  await stages.stage(`node${version}`, async () => {
    const lines = await exampleUnder(version);
    if (expected === undefined) console.log(lines.trimEnd());
    expected ??= lines;
    if (lines !== expected) console.log(`printed something else:\n${lines}`);
    return lines === expected ? counts(1) : counts(0, 1);
  });
}
await stages.stage('vite', async () => {
  await script('vite/bin/vite.js', 'build', '--base', './');
  for (const file of readdirSync(join(folder, 'dist/assets')).sort())
    console.log(describe(join(folder, 'dist/assets', file)));
  return counts(1);
});
stages.end();

/** Our declarations and the example are checked without mercy; faults in other packages' declarations are theirs. */
async function compile(name) {
  const { output } = await run(
    process.execPath,
    [join(folder, 'node_modules', name, 'bin/tsc'), '-p', '.', '--pretty', 'false'],
    {
      cwd: folder,
      quiet: true,
    },
  );
  const errors = output.match(/^.*error TS\d+.*$/gm) ?? [];
  const ours = errors.filter(error => !/^node_modules\/(?!fitwise\/)/.test(error));
  for (const error of ours.slice(0, 20)) console.log(error);
  if (errors.length > ours.length)
    console.log(`${errors.length - ours.length} errors in declarations of other packages`);
  return ours.length === 0 && existsSync(join(folder, 'out/node.js')) ? counts(1) : counts(0, Math.max(1, ours.length));
}

function describe(file) {
  const zipped = gzipSync(readFileSync(file)).length;
  return `${file.replace(/^.*\//, '')}: ${kilobytes(statSync(file).size)}, ${kilobytes(zipped)} gzipped`;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
