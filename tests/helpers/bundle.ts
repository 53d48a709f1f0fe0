import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Bundles a script of the tests, for workers and processes that cannot load TypeScript; gives the file's URL. */
export async function bundle(input: URL, name: string): Promise<URL> {
  const file = new URL(`../../build/tests/${name}.js`, import.meta.url);
  const build = await rolldown({
    input: fileURLToPath(input),
    platform: 'node',
    external: /^(node:|[@a-z])/,
    logLevel: 'warn',
  });
  await build.write({ file: fileURLToPath(file), format: 'esm', codeSplitting: false });
  await build.close();
  return file;
}
