/** Turns each datasets/<name>.csv and its page into src/datasets/generated/<name>.ts, so that browsers need no files. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesBelow, ROOT, writeWhole } from './lib/fresh.mjs';

for (const path of filesBelow('datasets', name => name.endsWith('.csv'))) {
  const csv = readFileSync(path, 'utf8');
  const page = readFileSync(path.replace(/\.csv$/, '.md'), 'utf8');
  const source = `export const csv: string = ${quote(csv)};\nexport const page: string = ${quote(page)};\n`;
  writeWhole(join(ROOT, 'src/datasets/generated', `${basename(path, '.csv')}.ts`), source);
}

/** A template literal keeps line breaks as they are: shorter than escapes, and readable. */
function quote(text) {
  return '`' + text.replace(/[\\`$]/g, '\\$&') + '`';
}
