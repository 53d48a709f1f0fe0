/**
 * Every stage of continuous integration, after `npm ci`: the README's test command, `npm run ok` (less the tests that
 * have just run), the packed library, its size, the browser, the GPU, and parity with
 * scikit-learn. A stage that cannot run is skipped.
 */
import { spawnSync } from 'node:child_process';
import { counts, countsOf, run, runVitest, Stages } from './lib/stages.mjs';

const script = (name, ...args) => run('npm', ['run', '--silent', name, '--', ...args]);
const check = async (name, ...args) => countsOf(await run(process.execPath, [`scripts/${name}.mjs`, ...args]));
const cannot = () => Promise.resolve(counts(0, 0, 1));

const stages = new Stages();
await stages.stage('test', () => runVitest('npm', ['test', '--silent', '--']));
await stages.stage('ok', async () => countsOf(await script('ok', '--skip-tests')));
let isBuilt = false;
await stages.stage('build', async () => {
  const built = countsOf(await script('build'));
  isBuilt = built.failed === 0;
  return built;
});
await stages.stage('mainjob', () => (isBuilt ? check('check-main-job') : cannot()));
await stages.stage('docs', () => (isBuilt ? check('docs') : cannot()));
await stages.stage('pack', () => (isBuilt ? check('check-pack') : cannot()));
await stages.stage('bundles', () => (isBuilt ? check('check-bundles') : cannot()));
await stages.stage('browser', () => (isBuilt ? check('check-browser') : cannot()));
await stages.stage('gpu', () => check('check-gpu'));
// One seed, so that a run judges the change and not the draw; `npm run parity` by itself draws anew.
await stages.stage('parity', () => (hasPython() ? check('parity', '--seed', '2672993571') : cannot()));
stages.end();

function hasPython() {
  return process.env.PYTHON !== undefined || spawnSync('python3', ['-m', 'venv', '--help']).status === 0;
}
