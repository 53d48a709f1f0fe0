/** Files (Node only): every failure of the host becomes a sentence, with the host's error as its `cause`. */
import { InvalidFileError, InvalidParamError, show } from '../errors/index.ts';

/**
 * Writes a file as a whole or not at all: under another name first, which then takes the place of the old file.
 *
 * @throws InvalidFileError if it cannot be written.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  checkPath(path, 'write a file');
  const { open, rename, rm } = await import('node:fs/promises');
  const draft = `${path}.${globalThis.crypto.randomUUID()}.part`;
  try {
    const file = await open(draft, 'w');
    try {
      await file.writeFile(bytes);
      // Else a machine that stops now may keep the new name without the new content.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw hostError('write a file', 'path must name a file that can be written', error);
  }
}

/**
 * The bytes of a file.
 *
 * @throws InvalidFileError if it cannot be read.
 */
export async function readWhole(path: string): Promise<Uint8Array> {
  checkPath(path, 'read a file');
  const { readFile } = await import('node:fs/promises');
  return await readFile(path).catch((error: unknown) => {
    throw hostError('read a file', 'path must name a file that can be read', error);
  });
}

/** What lies in a folder; links and devices are left out. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * The names of the files and folders in a folder, in no order.
 *
 * @throws InvalidFileError if it cannot be read.
 */
export async function listFolder(path: string): Promise<Listing> {
  checkPath(path, 'read a folder');
  const { readdir } = await import('node:fs/promises');
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw hostError('read a folder', 'path must name a folder that can be read', error);
  });
  const names = (isWanted: (entry: (typeof entries)[number]) => boolean) =>
    entries.filter(isWanted).map(({ name }) => name);
  return { files: names(entry => entry.isFile()), folders: names(entry => entry.isDirectory()) };
}

function checkPath(path: unknown, action: string): void {
  if (typeof path === 'string' && path !== '') return;
  throw new InvalidParamError({ action, rule: 'path must be a non-empty string', received: show(path) });
}

function hostError(action: string, rule: string, cause: unknown): InvalidFileError {
  const error = new InvalidFileError({ action, rule, received: cause instanceof Error ? cause.message : show(cause) });
  error.cause = cause;
  return error;
}
