/**
 * SHA-256 in hexadecimal: by the host where it has it, which on the web is on secure pages only.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = globalThis.crypto;
  return subtle === undefined ? plainSha256(bytes) : hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}

/** Bytes that are worked on together. */
const BLOCK = 64;
const ROUNDS = 64;

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, then of square roots. */
const [CONSTANTS, START] = primeConstants();

/** Source: NIST, FIPS 180-4, "Secure Hash Standard" (2015), sections 5.1.1, 5.3.3 and 6.2. */
export function plainSha256(bytes: Uint8Array): string {
  const state = START.slice();
  const schedule = new Uint32Array(ROUNDS);
  const padded = padToBlocks(bytes);
  for (let at = 0; at < bytes.length - (bytes.length % BLOCK); at += BLOCK) addBlock(state, schedule, bytes, at);
  for (let at = 0; at < padded.length; at += BLOCK) addBlock(state, schedule, padded, at);
  const view = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    view.setUint32(4 * i, word);
  });
  return hexOf(new Uint8Array(view.buffer));
}

/** What follows the whole blocks: the rest, a one, zeros, and the length in bits. */
function padToBlocks(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % BLOCK;
  const padded = new Uint8Array(rest + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  padded.set(bytes.subarray(bytes.length - rest));
  padded[rest] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  return padded;
}

function addBlock(state: Uint32Array, w: Uint32Array, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK);
  for (let t = 0; t < 16; t++) w[t] = view.getUint32(4 * t);
  for (let t = 16; t < ROUNDS; t++) {
    const [early, late] = [w[t - 15]!, w[t - 2]!];
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const other = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    w[t] = w[t - 16]! + small + w[t - 7]! + other;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
  for (let t = 0; t < ROUNDS; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + CONSTANTS[t]! + w[t]!;
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i]! += word;
  });
}

type Eight = [number, number, number, number, number, number, number, number];

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function primeConstants(): [Uint32Array, Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < ROUNDS; n++) if (primes.every(prime => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => (root - Math.floor(root)) * 2 ** 32;
  return [
    Uint32Array.from(primes, prime => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), prime => fraction(Math.sqrt(prime))),
  ];
}
