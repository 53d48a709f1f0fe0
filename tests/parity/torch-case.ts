/** Cases that compare fitwise/nn with torch: values, and gradients of a weighted sum of them. */
import { type AnyModule, add, mul, sum, Tensor, tensor } from '../../src/nn/index.ts';
import { RandomState } from '../../src/random/index.ts';
import type { Case, PythonParams } from './case.ts';
import type { Draw } from './draw.ts';

/** Single precision keeps seven digits; sums of a hundred terms and the like lose one or two. */
const TOLERANCE = 1e-5;

/** A float32 array with its shape, as both sides read it. */
export type Nested = readonly Nested[] | readonly number[];

/** Normal values of single precision. */
export function drawTensor(draw: Draw, shape: readonly number[]): Nested {
  const [length, ...rest] = shape as [number, ...number[]];
  if (rest.length > 0) return Array.from({ length }, () => drawTensor(draw, rest));
  return draw.normals(length).map(Math.fround);
}

/** The same through a function of each value: to be positive, say. */
export function mapNested(values: Nested, f: (value: number) => number): Nested {
  return values.map(item => (typeof item === 'number' ? Math.fround(f(item)) : mapNested(item, f))) as Nested;
}

interface Operation {
  readonly name: string;
  /** A Python expression in the names of `leaves` and `data`: a tensor or a tuple of tensors. */
  readonly torch: string;
  /** What gradients are compared for. */
  readonly leaves: Readonly<Record<string, Nested>>;
  /** What else the expression reads. */
  readonly data?: PythonParams;
  readonly ours: (leaves: Readonly<Record<string, Tensor>>) => Tensor | readonly Tensor[];
  readonly tolerance?: number;
}

/** An operation: its results, then the gradients of its leaves. */
export function operationCase({ name, torch, leaves, data = {}, ours, tolerance = TOLERANCE }: Operation): Case {
  const names = Object.keys(leaves);
  const lines = [
    ...names.map(leaf => `${leaf}.requires_grad_()`),
    `result = differentiate(${torch}, ${names.join(', ')})`,
  ];
  return {
    ...common(name, tolerance),
    oracle: { torch: lines.join('\n'), with: { ...leaves, ...data } },
    ours: () => {
      const own = Object.fromEntries(names.map(leaf => [leaf, tensor(leaves[leaf]!, { requiresGrad: true })]));
      const y = ours(own);
      const outputs = y instanceof Tensor ? [y] : y;
      weigh(outputs).backward();
      return [...outputs, ...names.map(leaf => own[leaf]!.grad)];
    },
  };
}

interface Layer {
  readonly name: string;
  readonly seed: number;
  /** A Python expression that makes the module, after `torch.manual_seed(seed)`. */
  readonly torch: string;
  /** How it is called, in the names of `inputs` and `data`: a tensor or a tuple of tensors. Default: `module(x)`. */
  readonly call?: string;
  readonly inputs: Readonly<Record<string, Nested>>;
  readonly data?: PythonParams;
  readonly make: (random: RandomState) => AnyModule;
  readonly forward: (module: never, inputs: Readonly<Record<string, Tensor>>) => Tensor | readonly Tensor[];
  readonly tolerance?: number;
}

/** A module made from the same seed: its weights by name, its outputs, and the gradients of weights and inputs. */
export function layerCase(layer: Layer): Case {
  const { name, seed, torch, call = 'module(x)', inputs, data = {}, make, forward, tolerance = TOLERANCE } = layer;
  const names = Object.keys(inputs);
  const lines = [
    `torch.manual_seed(${seed})`,
    `module = ${torch}`,
    'first = {name: value.clone() for name, value in module.state_dict().items()}',
    ...names.map(leaf => `${leaf}.requires_grad_()`),
    `outputs = differentiate(${call}, ${names.join(', ')})`,
    'grads = {name: value.grad for name, value in module.named_parameters()}',
    'module.eval()',
    `with torch.no_grad(): evaluated = ${call}`,
    'result = [first, outputs, grads, dict(module.state_dict()), evaluated]',
  ];
  return {
    ...common(name, tolerance),
    oracle: { torch: lines.join('\n'), with: { ...inputs, ...data } },
    ours: () => {
      const module = make(new RandomState(seed));
      const first = copyOf(module);
      const own = Object.fromEntries(names.map(leaf => [leaf, tensor(inputs[leaf]!, { requiresGrad: true })]));
      const y = forward(module as never, own);
      const outputs = y instanceof Tensor ? [y] : y;
      weigh(outputs).backward();
      const grads = Object.fromEntries(module.namedParameters().map(([key, parameter]) => [key, parameter.grad]));
      const results = [...outputs, ...names.map(leaf => own[leaf]!.grad)];
      module.eval();
      const evaluated = forward(module as never, own);
      return [first, results, grads, copyOf(module), evaluated];
    },
  };
}

/**
 * What every case of single precision shares: differences count beside the largest value of their tensor, and where
 * that is small because larger ones cancelled, beside 0.1 (the values drawn are about 1).
 */
export function common(name: string, tolerance = TOLERANCE) {
  return { name, class: 'A', tolerance, floor: 0.1, neighbourShare: 1 } as const;
}

/** A module's state, copied. */
export function copyOf(module: AnyModule): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(module.stateDict()).map(([name, value]) => [name, value.clone()]));
}

/** A sum of all values, each with a weight of its own: that of weights_like in torch_oracle.py. */
function weigh(outputs: readonly Tensor[]): Tensor {
  return outputs
    .map(y => sum(mul(y, y.like(Float32Array.from({ length: y.size }, (_, i) => (((i * 7) % 11) - 4) / 5)))))
    .reduce((total, part) => add(total, part));
}
