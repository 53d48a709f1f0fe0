/**
 * Kernels of one step of a recurrence. What comes in from outside, `p` (T, B, gates H), and the gradients of the states,
 * `grad` (T, B, H), are taken at step t, an argument, so that one kernel serves all steps; `q` is what comes from the
 * state before (B, gates H), and `late` the gradient that arrives at the state from the step after (B, H).
 */
import type { GpuKernel } from '../../kernels/gpu/index.ts';
import { flatKernel } from './kernels.ts';
import { logistic, tanh } from './maps.ts';
import { divideSource } from './strided.ts';

/** Rows and columns of a state. */
export interface StateSize {
  readonly batch: number;
  readonly hidden: number;
}

export const RNN_SLOPES = { tanh: '(1 - after[own] * after[own])', relu: '(after[own] > 0 ? 1 : 0)' } as const;

/** f(p + q). */
export function rnnState(size: StateSize, activation: keyof typeof RNN_SLOPES): GpuKernel {
  const value = activation === 'tanh' ? tanh('sum') : 'Math.max(sum, 0)';
  return perUnit(size, 'p, q, t', `const sum = ${atStep('p', size)} + q[own]; return ${value};`);
}

/** The gradient of the sum under f. */
export function rnnBack(size: StateSize, activation: keyof typeof RNN_SLOPES): GpuKernel {
  return perUnit(size, 'grad, late, after, t', `return ${ofState(size)} * ${RNN_SLOPES[activation]};`);
}

/** The values of the gates i, f, g, o (B, 4 H). */
export function lstmGates(size: StateSize): GpuKernel {
  return perGate(
    size,
    4,
    'p, q, t',
    `const sum = p[(t * ${size.batch} + this.thread.y) * ${4 * size.hidden} + this.thread.x] + q[at];
    if (gate == 2) return ${tanh('sum')};
    return ${logistic('sum')};`,
  );
}

/** c = f c' + i g. */
export function lstmCell(size: StateSize): GpuKernel {
  const [i, f, g] = gatesOf('gates', 4, size);
  return perUnit(size, 'gates, before', `return ${f} * before[own] + ${i} * ${g};`);
}

/** h = o tanh(c). */
export function lstmState(size: StateSize): GpuKernel {
  return perUnit(size, 'gates, cell', `return ${gatesOf('gates', 4, size)[3]} * ${tanh('cell[own]')};`);
}

/** All of the gradient of c: what arrives at it, and what comes through h. */
export function lstmCellBack(size: StateSize): GpuKernel {
  const o = gatesOf('gates', 4, size)[3];
  return perUnit(
    size,
    'grad, late, gates, cell, lateCell, t',
    `const held = ${tanh('cell[own]')};
    return lateCell[own] + ${ofState(size)} * ${o} * (1 - held * held);`,
  );
}

/** The gradient of the sums under the gates (B, 4 H), from that of c. */
export function lstmGatesBack(size: StateSize): GpuKernel {
  const [i, , g] = gatesOf('gates', 4, size);
  return perGate(
    size,
    4,
    'grad, late, gates, before, cell, ofCell, t',
    `const value = gates[at];
    if (gate == 0) return ofCell[own] * ${g} * value * (1 - value);
    if (gate == 1) return ofCell[own] * before[own] * value * (1 - value);
    if (gate == 2) return ofCell[own] * ${i} * (1 - value * value);
    return ${ofState(size)} * ${tanh('cell[own]')} * value * (1 - value);`,
  );
}

/** What of the gradient of c arrives at the cell before. */
export function lstmForget(size: StateSize): GpuKernel {
  return perUnit(size, 'gates, ofCell', `return ofCell[own] * ${gatesOf('gates', 4, size)[1]};`);
}

/** h = (1 - z) n + z h'. */
export function gruState(size: StateSize): GpuKernel {
  return perUnit(size, 'p, q, before, t', `${gruGates(size)} return (1 - z) * n + z * before[own];`);
}

/** The gradient of p (B, 3 H), or with `isRecurrent` that of q, in which the candidate's part counts as r says. */
export function gruGatesBack(size: StateSize, isRecurrent: boolean): GpuKernel {
  const [, , recurrent] = gatesOf('q', 3, size);
  return perGate(
    size,
    3,
    'grad, late, p, q, before, t',
    `${gruGates(size)}
    const ofState = ${ofState(size)};
    const ofSum = ofState * (1 - z) * (1 - n * n);
    if (gate == 0) return ofSum * ${recurrent} * r * (1 - r);
    if (gate == 1) return ofState * (before[own] - n) * z * (1 - z);
    return ofSum${isRecurrent ? ' * r' : ''};`,
  );
}

/** What of the gradient of h arrives at h' past the gates, beside what comes through them. */
export function gruPassed(size: StateSize): GpuKernel {
  return perUnit(size, 'grad, late, p, q, through, t', `${gruGates(size)} return through[own] + ${ofState(size)} * z;`);
}

function gruGates(size: StateSize): string {
  const [r, z, n] = gatesOf('q', 3, size);
  const [pr, pz, pn] = gatesOf('p', 3, size, `(t * ${size.batch} + this.thread.y)`);
  return `const r = ${logistic(`(${pr} + ${r})`)};
    const z = ${logistic(`(${pz} + ${z})`)};
    const sum = ${pn} + r * ${n};
    const n = ${tanh('sum')};`;
}

/** A thread for each unit of a state, whose place is `own`, and its number in its row `unit`. */
function perUnit({ batch, hidden }: StateSize, parameters: string, body: string): GpuKernel {
  const places = `const unit = this.thread.x;
    const own = this.thread.y * ${hidden} + unit;`;
  return flatKernel([hidden, batch], `function(${parameters}) {\n${places}\n${body}\n}`);
}

/** A thread for each gate of each unit: its place among the gates is `at`, that of its unit `own`. */
function perGate({ batch, hidden }: StateSize, gates: number, parameters: string, body: string): GpuKernel {
  const places = `${divideSource('gate', 'this.thread.x', hidden)}
    const unit = this.thread.x - gate * ${hidden};
    const own = this.thread.y * ${hidden} + unit;
    const at = this.thread.y * ${gates * hidden} + this.thread.x;`;
  return flatKernel([gates * hidden, batch], `function(${parameters}) {\n${places}\n${body}\n}`);
}

/** The values of a unit's gates, of which there are `count`. */
function gatesOf(name: string, count: number, { hidden }: StateSize, row = 'this.thread.y'): string[] {
  return Array.from({ length: count }, (_, gate) => `${name}[${row} * ${count * hidden} + unit + ${gate * hidden}]`);
}

/** All of the gradient of h. */
function ofState(size: StateSize): string {
  return `(${atStep('grad', size)} + late[own])`;
}

function atStep(name: string, { batch, hidden }: StateSize): string {
  return `${name}[t * ${batch * hidden} + own]`;
}
