/**
 * The kernels of `device: 'gpu'` and of tensors on a GPU against the processor's, and trainings there: in Node by WebGPU,
 * in Chromium by WebGPU and by WebGL2, all on SwiftShader, the adapter that the processor emulates. The optional peers
 * are installed here and nowhere else: they weigh 160 MB, and as a development dependency gpu.js would have `npm ci`
 * build headless GL from its sources. Where Chromium cannot be had, which brings SwiftShader, all three are skipped.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleGpuSuite } from './lib/bundle.mjs';
import { haveChromium, launchChromium, serve } from './lib/chromium.mjs';
import { ROOT } from './lib/fresh.mjs';
import { counts, countsOf, run, Stages } from './lib/stages.mjs';
import { prepareSources } from './lib/steps.mjs';

const FOLDER = join(ROOT, 'build/gpu');
const CHROMIUM_LIBRARIES = '/usr/lib/chromium';
const DRIVER = join(CHROMIUM_LIBRARIES, 'vk_swiftshader_icd.json');
const GPU_FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];
const LIMIT_MS = 600_000;

const stages = new Stages();
let isReady = false;
if (await haveChromium()) {
  await stages.stage('peers', async () => {
    await prepareSources();
    await installPeers();
    await bundleGpuSuite(FOLDER);
    isReady = true;
    return counts(1);
  });
}
const when = (condition, action) => () => (condition ? action() : Promise.resolve(counts(0, 0, 1)));
await stages.stage('node webgpu', when(isReady && existsSync(DRIVER), inNode));
await stages.stage(
  'chromium webgpu',
  when(isReady, () => inChromium('webgpu')),
);
await stages.stage(
  'chromium webgl2',
  when(isReady, () => inChromium('webgl2')),
);
stages.end();

async function installPeers() {
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(join(ROOT, 'tests/browser/package.json'), join(FOLDER, 'package.json'));
  const flags = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--no-package-lock'];
  const { code, output } = await run('npm', ['install', ...flags], { cwd: FOLDER, quiet: true });
  if (code !== 0) throw new Error(output);
}

/** Dawn, inside the package webgpu, finds the Vulkan loader and the emulated adapter among Chromium's files. */
async function inNode() {
  const env = { ...process.env, VK_DRIVER_FILES: DRIVER, LD_LIBRARY_PATH: CHROMIUM_LIBRARIES };
  return countsOf(await run(process.execPath, [join(FOLDER, 'gpu-node.js')], { cwd: FOLDER, env }));
}

async function inChromium(backend) {
  writeFileSync(
    join(FOLDER, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="gpu-page.js"></script>',
  );
  const server = await serve(FOLDER);
  const browser = await launchChromium(GPU_FLAGS);
  try {
    const page = await browser.newPage();
    page.on('console', message => console.log(message.text()));
    page.on('pageerror', error => console.log(`page: ${error.message}`));
    await page.goto(`http://localhost:${server.address().port}/index.html#${backend}`);
    await page.waitForFunction(() => 'result' in document.body.dataset, null, { timeout: LIMIT_MS });
    const { passed, failed } = JSON.parse(await page.evaluate(() => document.body.dataset.result));
    return counts(passed, failed);
  } finally {
    await browser.close();
    server.close();
  }
}
