/**
 * Ends all workers at once and lets go of the memory they share; calls that still run in them reject. Scripts end
 * without it, because idle workers hold nobody up; the next parallel call starts new workers.
 *
 * @example
 * import { closePool } from 'fitwise';
 *
 * await closePool();
 */
export async function closePool(): Promise<void> {
  const { pool } = await import('./pool.ts');
  await pool.close();
}
