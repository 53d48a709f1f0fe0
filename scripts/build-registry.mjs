// Writes src/registry/generated/classes.ts: every estimator class in src by its static id, as a lazy import.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/registry/generated/classes.ts`;

const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.includes('generated'))
  .sort();

const classes = new Map();
for (const file of files) {
  const text = readFileSync(`${root}src/${file}`, 'utf8');
  // A class declaration, up to the next one, that states its id.
  for (const [, name, body] of text.matchAll(/^export class (\w+)(.*?)(?=^export class |(?![\s\S]))/gms)) {
    const id = /^ {2}static override readonly id(?:: string)? = '([^']+)'/m.exec(body)?.[1];
    if (id === undefined) continue;
    if (classes.has(id)) throw new Error(`class id ${id} is used twice: ${classes.get(id).file}, ${file}`);
    classes.set(id, { name, file });
  }
}

const lines = [...classes]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([id, { name, file }]) => {
    const path = relative(dirname(target), `${root}src/${file}`);
    return `  '${id}': async () => (await import('${path}')).${name} as unknown as EstimatorClass,`;
  });

const text = `import type { EstimatorClass } from '../../core/index.ts';

export const CLASSES: Readonly<Record<string, () => Promise<EstimatorClass>>> = {
${lines.join('\n')}
};
`;
mkdirSync(dirname(target), { recursive: true });
let before = '';
try {
  before = readFileSync(target, 'utf8');
} catch {}
if (before !== text) writeFileSync(target, text);
