/**
 * The example in Chromium, bundled with Vite from the packed library: with and without cross-origin isolation (shared
 * memory), it must use workers and print what Node prints. Needs `npm run build` before.
 */
import { join } from 'node:path';
import { haveChromium, launchChromium, serve } from './lib/chromium.mjs';
import { makeConsumer, must, script } from './lib/consumer.mjs';
import { counts, Stages } from './lib/stages.mjs';

const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const LIMIT_MS = 300_000;

const stages = new Stages();
let folder;
let expected;
await stages.stage('page', async () => {
  ({ folder } = await makeConsumer());
  await script('typescript7/bin/tsc', '-p', '.', '--skipLibCheck');
  expected = (await must(process.execPath, ['out/node.js'], folder)).trimEnd();
  await script('vite/bin/vite.js', 'build', '--base', './');
  return counts(1);
});
if (expected !== undefined && (await haveChromium())) {
  await stages.stage('isolated', () => tryPage(ISOLATION));
  await stages.stage('unisolated', () => tryPage({}));
} else {
  await stages.stage('chromium', async () => counts(0, 0, 2));
}
stages.end();

async function tryPage(headers) {
  const server = await serve(join(folder, 'dist'), headers);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    let workers = 0;
    page.on('worker', () => workers++);
    page.on('pageerror', error => console.log(`page: ${error.message}`));
    await page.goto(`http://localhost:${server.address().port}/index.html`);
    await page.waitForFunction(() => 'lines' in document.body.dataset || 'error' in document.body.dataset, null, {
      timeout: LIMIT_MS,
    });
    const seen = await page.evaluate(() => ({ ...document.body.dataset, isIsolated: crossOriginIsolated }));
    return judge(seen, workers, 'Cross-Origin-Opener-Policy' in headers);
  } finally {
    await browser.close();
    server.close();
  }
}

function judge({ lines, error, isIsolated }, workers, shouldBeIsolated) {
  const printed = lines === undefined ? (error ?? '') : JSON.parse(lines).join('\n');
  const checks = {
    'the page is isolated or not, as wanted': isIsolated === shouldBeIsolated,
    'workers were started': workers > 0,
    'the page prints what Node prints': printed === expected,
  };
  for (const [what, holds] of Object.entries(checks)) console.log(`${holds ? 'yes' : 'NO '} ${what}`);
  console.log(`${workers} workers`);
  if (printed !== expected) console.log(`page:\n${printed}\nNode:\n${expected}`);
  const passed = Object.values(checks).filter(Boolean).length;
  return counts(passed, Object.keys(checks).length - passed);
}
