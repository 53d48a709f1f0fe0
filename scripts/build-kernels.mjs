/**
 * Compiles every src/kernels/<name>/kernel.as.ts (AssemblyScript) to WebAssembly with SIMD, and inlines the binary as
 * src/kernels/generated/<name>.ts. One process compiles them all: starting the compiler costs more than using it.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { filesBelow, ROOT, writeWhole } from './lib/fresh.mjs';

/**
 * Binaries import their memory and own nothing: no heap, no runtime. A stated maximum makes the memory import of a
 * binary for shared memory differ from this one in one flag byte.
 */
const OPTIONS = [
  ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ...['--enable', 'simd', '--noAssert', '--use', 'abort=', '-O3', '--converge'],
];

const isKernel = path => basename(path) === 'kernel.as.ts';
const nameOf = path => basename(dirname(path));

export function kernelNames() {
  return filesBelow('src/kernels', isKernel).map(nameOf);
}

export async function buildKernels() {
  for (const path of filesBelow('src/kernels', isKernel)) {
    const binary = await compile(path);
    const text = `export const WASM_BASE64 =\n  '${Buffer.from(binary).toString('base64')}';\n`;
    writeWhole(join(ROOT, 'src/kernels/generated', `${nameOf(path)}.ts`), text);
  }
}

async function compile(path) {
  let binary;
  const { error, stderr } = await asc.main([path.slice(ROOT.length), '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (name, base) => readOrNull(join(base, name)),
    writeFile: (_, content) => {
      binary = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`cannot compile ${path}:\n${stderr}`);
  return binary;
}

function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildKernels();
