/**
 * What devices compute element by element, as expressions in the subset of JavaScript that gpu.js translates. Drivers
 * may do as they like with infinite values, so that what would overflow on its way is held back.
 */

/** Of operands a, b, c, ... */
const COMBINATIONS: Readonly<Record<string, string>> = {
  copy: 'a',
  add: 'a + b',
  sub: 'a - b',
  mul: 'a * b',
  div: 'a / b',
  neg: '-a',
  sign: 'a > 0 ? 1 : (a < 0 ? -1 : 0)',
  maximum: 'Math.max(a, b)',
  minimum: 'Math.min(a, b)',
  maximumShare: 'a == b ? 0.5 : (a > b ? 1 : 0)',
  minimumShare: 'a == b ? 0.5 : (a < b ? 1 : 0)',
  equal: 'a == b ? 1 : 0',
  greater: 'a > b ? 1 : 0',
  greaterEqual: 'a >= b ? 1 : 0',
  choose: 'a != 0 ? b : c',
  weightedSum: 'c * a + d * b',
  weightedSquare: 'c * a + d * b * b',
  overRoot: 'c * a / (d * Math.sqrt(b) + e)',
  overRootOfSum: 'a / Math.sqrt(b + c)',
  clipFactor: 'Math.min(1, b / (Math.sqrt(a) + 0.000001))',
};

/** A function of one variable and constants p, q, and its derivative. */
interface Curve {
  readonly value: (x: string, p: string, q: string) => string;
  readonly slope: (x: string, p: string, q: string) => string;
}

const held = (x: string, most: number) => `Math.min(Math.max(${x}, -${most}), ${most})`;
export const logistic = (x: string) => `(1 / (1 + Math.exp(-${held(x, 80)})))`;
export const tanh = (x: string) => `(1 - 2 / (1 + Math.exp(2 * ${held(x, 20)})))`;
/** log(1 + x) for x >= 0, by its series where 1 + x would lose digits. */
const log1p = (x: string) => `(Math.abs(${x}) < 0.01 ? ${x} * (1 - ${x} * (0.5 - ${x} / 3)) : Math.log(1 + ${x}))`;
const logOnePlusExp = (x: string) => `(Math.max(${x}, 0) + ${log1p(`Math.exp(-Math.abs(${x}))`)})`;
const expm1 = (x: string) => `(Math.exp(Math.min(${x}, 0)) - 1)`;

/** M. Abramowitz and I. A. Stegun, "Handbook of mathematical functions", 7.1.26: off by 1.5e-7 at most. */
function normalBelow(x: string): string {
  const t = `(1 / (1 + 0.3275911 * Math.abs(${x}) * ${Math.SQRT1_2}))`;
  const factors = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const series = factors.reduceRight((sum, factor) => `(${factor} + ${t} * ${sum})`, '0.0');
  const tail = `0.5 * ${t} * ${series} * Math.exp(-0.5 * ${x} * ${x})`;
  return `(${x} > 0 ? 1 - ${tail} : ${tail})`;
}
const density = (x: string) => `(0.3989422804014327 * Math.exp(-0.5 * ${x} * ${x}))`;

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

const cubic = (x: string) => `(0.7978845608028654 * (${x} + 0.044715 * ${x} * ${x} * ${x}))`;
const mishTanh = (x: string) => tanh(logOnePlusExp(x));
/** |x|^p, with the sign of x where p is odd. */
const power = (x: string, p: string) =>
  `((${x} < 0 && Math.floor(${p} / 2) * 2 != ${p}) ? -Math.pow(Math.abs(${x}), ${p}) : Math.pow(Math.abs(${x}), ${p}))`;

const CURVES: Readonly<Record<string, Curve>> = {
  exp: { value: x => `Math.exp(${x})`, slope: x => `Math.exp(${x})` },
  log: { value: x => `Math.log(${x})`, slope: x => `(1 / ${x})` },
  log1p: { value: log1p, slope: x => `(1 / (1 + ${x}))` },
  sqrt: { value: x => `Math.sqrt(${x})`, slope: x => `(0.5 / Math.sqrt(${x}))` },
  square: { value: x => `${x} * ${x}`, slope: x => `(2 * ${x})` },
  abs: { value: x => `Math.abs(${x})`, slope: x => `(${x} > 0 ? 1 : (${x} < 0 ? -1 : 0))` },
  sin: { value: x => `Math.sin(${x})`, slope: x => `Math.cos(${x})` },
  cos: { value: x => `Math.cos(${x})`, slope: x => `(-Math.sin(${x}))` },
  power: { value: power, slope: (x, p) => `(${p} == 0 ? 0 : ${p} * ${power(x, `(${p} - 1)`)})` },
  clamp: {
    value: (x, p, q) => `Math.min(Math.max(${x}, ${p}), ${q})`,
    slope: (x, p, q) => `((${x} >= ${p} && ${x} <= ${q}) ? 1 : 0)`,
  },
  relu: { value: x => `Math.max(${x}, 0)`, slope: x => `(${x} > 0 ? 1 : 0)` },
  sigmoid: { value: logistic, slope: x => `(${logistic(x)} * (1 - ${logistic(x)}))` },
  tanh: { value: tanh, slope: x => `(1 - ${tanh(x)} * ${tanh(x)})` },
  leakyRelu: { value: (x, p) => `${x} > 0 ? ${x} : ${p} * ${x}`, slope: (x, p) => `(${x} > 0 ? 1 : ${p})` },
  elu: {
    value: (x, p) => `${x} > 0 ? ${x} : ${p} * ${expm1(x)}`,
    slope: (x, p) => `(${x} > 0 ? 1 : ${p} * Math.exp(Math.min(${x}, 0)))`,
  },
  selu: {
    value: x => `${SELU_SCALE} * (${x} > 0 ? ${x} : ${SELU_ALPHA} * ${expm1(x)})`,
    slope: x => `(${SELU_SCALE} * (${x} > 0 ? 1 : ${SELU_ALPHA} * Math.exp(Math.min(${x}, 0))))`,
  },
  gelu: { value: x => `${x} * ${normalBelow(x)}`, slope: x => `(${normalBelow(x)} + ${x} * ${density(x)})` },
  tanhGelu: {
    value: x => `0.5 * ${x} * (1 + ${tanh(cubic(x))})`,
    slope: x =>
      `(0.5 * (1 + ${tanh(cubic(x))}) + 0.5 * ${x} * (1 - ${tanh(cubic(x))} * ${tanh(cubic(x))}) * 0.7978845608028654 * (1 + 0.134145 * ${x} * ${x}))`,
  },
  silu: {
    value: x => `${x} * ${logistic(x)}`,
    slope: x => `(${logistic(x)} * (1 + ${x} * (1 - ${logistic(x)})))`,
  },
  mish: {
    value: x => `${x} * ${mishTanh(x)}`,
    slope: x => `(${mishTanh(x)} + ${x} * ${logistic(x)} * (1 - ${mishTanh(x)} * ${mishTanh(x)}))`,
  },
  softplus: {
    value: (x, p, q) => `${p} * ${x} > ${q} ? ${x} : ${logOnePlusExp(`(${p} * ${x})`)} / ${p}`,
    slope: (x, p, q) => `(${p} * ${x} > ${q} ? 1 : ${logistic(`(${p} * ${x})`)})`,
  },
  softsign: {
    value: x => `${x} / (1 + Math.abs(${x}))`,
    slope: x => `(1 / ((1 + Math.abs(${x})) * (1 + Math.abs(${x}))))`,
  },
  logSigmoid: { value: x => `-${logOnePlusExp(`(-${x})`)}`, slope: x => logistic(`(-${x})`) },
  huber: {
    value: (x, p) => `Math.abs(${x}) < ${p} ? 0.5 * ${x} * ${x} : ${p} * (Math.abs(${x}) - 0.5 * ${p})`,
    slope: (x, p) => `Math.min(Math.max(${x}, -${p}), ${p})`,
  },
  heldLog: {
    value: (x, p) => `${x} > 0 ? Math.max(Math.log(Math.max(${x}, ${2 ** -126})), ${p}) : ${p}`,
    slope: x => `(1 / Math.max(${x}, 1e-12))`,
  },
  timesLog: {
    value: x => `${x} == 0 ? 0 : ${x} * Math.log(Math.max(${x}, ${2 ** -126}))`,
    slope: x => `(Math.log(${x}) + 1)`,
  },
  hardtanh: {
    value: (x, p, q) => `Math.min(Math.max(${x}, ${p}), ${q})`,
    slope: (x, p, q) => `((${x} > ${p} && ${x} < ${q}) ? 1 : 0)`,
  },
  hardsigmoid: {
    value: x => `Math.min(Math.max(${x} + 3, 0), 6) / 6`,
    slope: x => `((${x} > -3 && ${x} < 3) ? ${1 / 6} : 0)`,
  },
  hardswish: {
    value: x => `${x} * Math.min(Math.max(${x} + 3, 0), 6) / 6`,
    slope: x => `(${x} <= -3 ? 0 : (${x} < 3 ? ${x} / 3 + 0.5 : 1))`,
  },
};

/** The expression of a map in its operands a, b, c, ...; `⟨curve⟩Back` has the gradient and the variable as a and b. */
export function mapSource(name: string): string | undefined {
  const combination = COMBINATIONS[name];
  if (combination !== undefined) return combination;
  const isBack = name.endsWith('Back');
  const curve = CURVES[isBack ? name.slice(0, -4) : name];
  return isBack ? curve && `a * ${curve.slope('b', 'c', 'd')}` : curve?.value('a', 'b', 'c');
}
