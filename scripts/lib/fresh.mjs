/**
 * Steps that only run when something they read has changed: a stamp in build/stamps holds a hash of the path, size
 * and modification time of every input.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** All files below `folder` (relative to the repository) whose path passes `keep`, sorted. */
export function filesBelow(folder, keep = () => true) {
  const from = join(ROOT, folder);
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(keep)
    .sort();
}

/** Runs `action` unless `inputs` are as they were at its last run and all `outputs` are still there. */
export async function unlessFresh(name, inputs, outputs, action) {
  const stamp = join(ROOT, 'build/stamps', name);
  const before = fingerprint(inputs);
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (known === before && outputs.every(path => existsSync(join(ROOT, path)))) return false;
  await action();
  writeWhole(stamp, before);
  return true;
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Writes a file in one go: a reader in another process sees the old content or the new, never a part. */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.part`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
