/**
 * `npm run ok`: format and lint, types, layers, what must and must not compile, examples that compile, tests, examples
 * that run. Every stage runs, also after one has failed. `--skip-tests` leaves out layers, tests and running
 * examples, for callers that have just run `npm test`, which holds them all.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow, ROOT } from './lib/fresh.mjs';
import { counts, countsOf, run, runVitest, Stages } from './lib/stages.mjs';

const skipsTests = process.argv.includes('--skip-tests');
const bin = name => join(ROOT, 'node_modules', name);
const node = (script, ...args) => run(process.execPath, [script, ...args]);
const vitest = (...args) => runVitest(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...args]);

const stages = new Stages();
await stages.stage('prepare', async () => countsOf(await node(join(ROOT, 'scripts/prepare.mjs'))));
await stages.stage('lint', lint);
await stages.stage('types', types);
if (!skipsTests) await stages.stage('layers', () => vitest('tests/architecture'));
await stages.stage('typetests', typeTests);
await stages.stage('doctypes', async () => countsOf(await node(join(ROOT, 'scripts/check-examples.mjs'))));
if (!skipsTests) {
  await stages.stage('tests', () => vitest('--exclude', 'tests/architecture/**', '--exclude', 'tests/examples/**'));
  await stages.stage('examples', () => vitest('tests/examples'));
}
stages.end();

/** Counts files: biome names how many it checked and how many errors it saw. */
async function lint() {
  const { code, output } = await node(
    bin('@biomejs/biome/bin/biome'),
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '.',
  );
  const [checked, errors] = [/Checked (\d+) file/, /Found (\d+) (?:error|warning)/].map(pattern =>
    Number(pattern.exec(output)?.[1] ?? 0),
  );
  return counts(Math.max(0, checked - errors), code === 0 ? 0 : Math.max(1, errors));
}

/** Counts files: those without an error, and errors. */
async function types() {
  const { code, output } = await node(
    bin('typescript/bin/tsc'),
    '-p',
    '.',
    '--noEmit',
    '--extendedDiagnostics',
    '--pretty',
    'false',
  );
  const errors = (output.match(/error TS\d+/g) ?? []).length;
  const files =
    filesBelow('src', name => name.endsWith('.ts')).length + filesBelow('tests', name => name.endsWith('.ts')).length;
  return counts(Math.max(0, files - errors), code === 0 ? 0 : Math.max(1, errors));
}

/** tests/types under TypeScript 7 and 6: counts the lines that must not compile, in each compiler. */
async function typeTests() {
  const files = filesBelow('tests/types', name => name.endsWith('.ts'));
  if (files.length === 0) return counts(0, 0, 1);
  const expectations = files.reduce(
    (sum, file) => sum + readFileSync(file, 'utf8').split('@ts-expect-error').length - 1,
    0,
  );
  const project = join(ROOT, 'build/typetests.json');
  const extended = relative(join(ROOT, 'build'), join(ROOT, 'tsconfig.json'));
  writeFileSync(
    project,
    JSON.stringify({
      extends: `./${extended}`,
      compilerOptions: { types: ['node'], typeRoots: ['../node_modules/@types'] },
      // The optional peers, which are not installed, are declared there.
      files: [...files, join(ROOT, 'src/kernels/gpu/peers.d.ts')],
      include: [],
    }),
  );
  let [passed, failed] = [0, 0];
  for (const compiler of ['typescript', 'typescript6']) {
    const { code, output } = await run(
      process.execPath,
      [bin(`${compiler}/bin/tsc`), '-p', project, '--extendedDiagnostics', '--pretty', 'false'],
      { quiet: true },
    );
    const errors = output.match(/^.*error TS\d+.*$/gm) ?? [];
    console.log(`${compiler}: ${/Instantiations:.*/.exec(output)?.[0] ?? 'no count of instantiations'}`);
    for (const error of errors.slice(0, 20)) console.log(error);
    failed += code === 0 ? 0 : Math.max(1, errors.length);
    passed += Math.max(0, expectations - errors.length);
  }
  return counts(passed, failed);
}
