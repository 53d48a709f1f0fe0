/** Writes a file (Node only) as a whole or not at all: under another name first, which then takes the place of the old file. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
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
    throw error;
  }
}
