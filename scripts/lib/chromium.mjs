/** Debian's Chromium, and a server for the pages it opens. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './fresh.mjs';
import { run } from './stages.mjs';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Whether Chromium is there; it is installed where it is missing and may be. */
export async function haveChromium() {
  if (existsSync(CHROMIUM)) return true;
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  await run('apt-get', ['update', '-qq'], { cwd: ROOT, quiet: true });
  const { code, output } = await run('apt-get', install, { cwd: ROOT, quiet: true });
  if (code !== 0) console.log(output);
  return existsSync(CHROMIUM);
}

/** Starts Chromium with flags besides the usual ones. */
export function launchChromium(flags = []) {
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
}

/** Serves a folder with headers besides the usual ones; the port is the system's choice. */
export function serve(root, headers = {}) {
  const server = createServer((request, response) => {
    const file = join(root, new URL(request.url, 'http://localhost').pathname);
    if (!file.startsWith(root) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers });
    return response.end(readFileSync(file));
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}
