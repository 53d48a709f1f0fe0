/** Compiles every example of the docs under `strict`, as a reader's project would; the tests run them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleScript } from './lib/bundle.mjs';
import { ROOT } from './lib/fresh.mjs';
import { counts, run, Stages } from './lib/stages.mjs';

const folder = join(ROOT, 'build/doc-types');
const compilerOptions = {
  noEmit: true,
  noUnusedLocals: false,
  noUncheckedIndexedAccess: false,
  exactOptionalPropertyTypes: false,
  paths: {
    fitwise: ['../../src/index.ts'],
    'fitwise/nn': ['../../src/nn/index.ts'],
    'fitwise/testing': ['../../src/testing/index.ts'],
  },
};

const stages = new Stages();
await stages.stage('doctypes', compile);
stages.end();

async function compile() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const extractor = join(folder, 'extract.mjs');
  await bundleScript(join(ROOT, 'tests/examples/extract.ts'), extractor);
  const { extractExamples } = await import(pathToFileURL(extractor));
  const titles = new Map();
  for (const [i, { title, code }] of extractExamples(ROOT).entries()) {
    titles.set(`example-${i}.ts`, title);
    writeFileSync(join(folder, `example-${i}.ts`), `${code}\nexport {};\n`);
  }
  const project = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { output } = await run(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { quiet: true });
  const failed = new Set();
  for (const [line, file] of output.matchAll(/^\S*?(example-\d+\.ts)\(.*error TS\d+.*$/gm)) {
    failed.add(file);
    console.log(`${titles.get(file)}: ${line.replace(/^[^:]*: /, '')}`);
  }
  return counts(titles.size - failed.size, failed.size);
}
