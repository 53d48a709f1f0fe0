/**
 * The example and the training of some networks in Chromium, bundled with Vite from the packed library: with and without
 * cross-origin isolation (shared memory), they must print what Node prints, digit for digit, and the example must use
 * workers. Needs `npm run build` before.
 */
import { join } from 'node:path';
import { haveChromium, launchChromium, serve } from './lib/chromium.mjs';
import { makeConsumer, must, script } from './lib/consumer.mjs';
import { counts, Stages } from './lib/stages.mjs';

const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const LIMIT_MS = 300_000;
/** What each page does, by the script that does it in Node. */
const SCRIPTS = { example: 'node', training: 'node-training' };

const stages = new Stages();
let folder;
const expected = {};
await stages.stage('page', async () => {
  ({ folder } = await makeConsumer());
  await script('typescript7/bin/tsc', '-p', '.', '--skipLibCheck');
  for (const [hash, script] of Object.entries(SCRIPTS)) {
    expected[hash] = (await must(process.execPath, [`out/${script}.js`], folder)).trimEnd();
  }
  await script('vite/bin/vite.js', 'build', '--base', './');
  return counts(1);
});
if (Object.keys(expected).length === Object.keys(SCRIPTS).length && (await haveChromium())) {
  for (const hash of Object.keys(SCRIPTS)) {
    await stages.stage(`${hash} isolated`, () => tryPage(hash, ISOLATION));
    await stages.stage(`${hash} unisolated`, () => tryPage(hash, {}));
  }
} else {
  await stages.stage('chromium', async () => counts(0, 0, 4));
}
stages.end();

async function tryPage(hash, headers) {
  const server = await serve(join(folder, 'dist'), headers);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    let workers = 0;
    page.on('worker', () => workers++);
    page.on('pageerror', error => console.log(`page: ${error.message}`));
    await page.goto(`http://localhost:${server.address().port}/index.html#${hash}`);
    await page.waitForFunction(() => 'lines' in document.body.dataset || 'error' in document.body.dataset, null, {
      timeout: LIMIT_MS,
    });
    const seen = await page.evaluate(() => ({ ...document.body.dataset, isIsolated: crossOriginIsolated }));
    return judge(hash, seen, workers, 'Cross-Origin-Opener-Policy' in headers);
  } finally {
    await browser.close();
    server.close();
  }
}

function judge(hash, { lines, error, isIsolated }, workers, shouldBeIsolated) {
  const printed = lines === undefined ? (error ?? '') : JSON.parse(lines).join('\n');
  const checks = {
    'the page is isolated or not, as wanted': isIsolated === shouldBeIsolated,
    ...(hash === 'example' ? { 'workers were started': workers > 0 } : {}),
    'the page prints what Node prints': printed === expected[hash],
  };
  for (const [what, holds] of Object.entries(checks)) console.log(`${holds ? 'yes' : 'NO '} ${what}`);
  console.log(`${workers} workers`);
  console.log(printed === expected[hash] ? printed : `page:\n${printed}\nNode:\n${expected[hash]}`);
  const passed = Object.values(checks).filter(Boolean).length;
  return counts(passed, Object.keys(checks).length - passed);
}
