import { FitwiseError } from '../../src/errors/index.ts';

/** The whole sentence, behind the name of its class, that a call is refused with: `InvalidInputError: Cannot ...`. */
export async function refusal(body: () => unknown): Promise<string> {
  try {
    await body();
  } catch (error) {
    if (error instanceof FitwiseError) return `${error.name}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
