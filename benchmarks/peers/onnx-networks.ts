/** The benchmark's ConvNet by onnxruntime-node on one thread, on the weights that ours begins with. */
import type { Module, Tensor as Ours } from 'fitwise/nn';
import { loadPeer } from '../paths.ts';
import { type Body, body } from '../workload.ts';
import { type Node, onnxModel } from './onnx-model.ts';

interface Tensor {
  readonly data: Float32Array;
}

interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: { intraOpNumThreads: number; interOpNumThreads: number }): Promise<Session>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => Tensor;
}

interface Session {
  run(inputs: { readonly input: Tensor }): Promise<{ readonly scores: Tensor }>;
}

export const ONNX = 'onnxruntime-node';

const SAME = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
const HALVES = { kernel_shape: [2, 2], strides: [2, 2] };

/** Convolution, batch norm, ReLU and pooling; the weights are those of modules `conv` and `conv + 1`. */
function block(input: string, conv: number, output: string): Node[] {
  const norm = ['weight', 'bias', 'running_mean', 'running_var'].map(name => `${conv + 1}.${name}`);
  const name = (step: string) => `${output}.${step}`;
  return [
    { type: 'Conv', inputs: [input, `${conv}.weight`, `${conv}.bias`], output: name('conv'), attributes: SAME },
    { type: 'BatchNormalization', inputs: [name('conv'), ...norm], output: name('norm') },
    { type: 'Relu', inputs: [name('norm')], output: name('relu') },
    { type: 'MaxPool', inputs: [name('relu')], output, attributes: HALVES },
  ];
}

const dense = (input: string, module: number, output: string): Node => ({
  type: 'Gemm',
  inputs: [input, `${module}.weight`, `${module}.bias`],
  output,
  attributes: { transB: 1 },
});

const CONV_NET: readonly Node[] = [
  ...block('input', 0, 'first'),
  ...block('first', 4, 'second'),
  { type: 'Flatten', inputs: ['second'], output: 'flat' },
  dense('flat', 9, 'hidden'),
  { type: 'Relu', inputs: ['hidden'], output: 'active' },
  dense('active', 12, 'scores'),
];

/** Outputs of the ConvNet; the quality is their mean square. */
export async function inference(model: Pick<Module, 'stateDict'>, x: Ours): Promise<Body> {
  const { InferenceSession, Tensor } = await loadPeer<Runtime>(ONNX);
  const known = new Set(CONV_NET.flatMap(({ inputs }) => inputs));
  const weights = Object.fromEntries(Object.entries(model.stateDict()).filter(([name]) => known.has(name)));
  const bytes = onnxModel({ nodes: CONV_NET, weights, inputShape: x.shape, outputShape: [x.shape[0]!, 10] });
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const input = new Tensor('float32', x.data, x.shape);
  return body(
    async () => (await session.run({ input })).scores.data,
    scores => scores.reduce((sum, score) => sum + score * score, 0) / scores.length,
  );
}
