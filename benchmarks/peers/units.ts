/**
 * The limit of the processor's vector units under WebAssembly: products and sums of vectors that stay in registers, on
 * as many independent sums as hide the latency of an addition.
 */
/** Sums in flight; each takes a product and an addition a turn. */
const SUMS = 12;

function source(lanes: 2 | 4): string {
  const type = lanes === 2 ? 'f64' : 'f32';
  const each = (line: (i: number) => string) => Array.from({ length: SUMS }, (_, i) => line(i)).join('\n');
  return `export function run(turns: i32): ${type} {
    let x = ${type}x${lanes}.splat(0.999);
    ${each(i => `let s${i} = ${type}x${lanes}.splat(${i}.0);`)}
    for (let t = 0; t < turns; t++) {
      ${each(i => `s${i} = ${type}x${lanes}.add(${type}x${lanes}.mul(s${i}, x), x);`)}
    }
    ${each(i => (i === 0 ? '' : `s0 = ${type}x${lanes}.add(s0, s${i});`))}
    return ${type}x${lanes}.extract_lane(s0, 0);
  }`;
}

/** A function that does about as many floating-point operations as it is told. */
export async function loadUnits(lanes: 2 | 4): Promise<(operations: number) => number> {
  // Loaded here, because the compiler's heap would slow down all other workloads.
  const { default: asc } = await import('assemblyscript/asc');
  const { binary, stderr } = await asc.compileString(source(lanes), {
    optimizeLevel: 3,
    enable: ['simd'],
    runtime: 'stub',
  });
  if (binary === null) throw new Error(stderr.toString());
  const { instance } = await WebAssembly.instantiate(binary as BufferSource);
  const run = instance.exports.run as (turns: number) => number;
  return operations => run(Math.round(operations / (2 * SUMS * lanes)));
}
