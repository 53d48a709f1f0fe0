/**
 * A model in ONNX's format, which is a message of Protocol Buffers: fields of a number, a type and a value each
 * (onnx.proto of opset 17 numbers them).
 */
type Field = readonly [number: number, value: number | string | Uint8Array];

export interface Node {
  readonly type: string;
  /** Names of values and of weights. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, and lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface Graph {
  /** The first takes `input`, and the last gives its output. */
  readonly nodes: readonly Node[];
  readonly weights: Readonly<Record<string, { readonly data: Float32Array; readonly shape: readonly number[] }>>;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
}

const [FLOATS, INT, INTS] = [1, 2, 7];
const [IR_VERSION, OPSET] = [8, 17];

export function onnxModel({ nodes, weights, inputShape, outputShape }: Graph): Uint8Array {
  const tensors = Object.entries(weights).map(([name, { data, shape }]): Field => {
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [5, message(...shape.map((length): Field => [1, length]), [2, FLOATS], [8, name], [9, raw])];
  });
  const graph = message(
    ...nodes.map((node): Field => [1, nodeMessage(node)]),
    [2, 'network'],
    ...tensors,
    [11, valueMessage('input', inputShape)],
    [12, valueMessage(nodes.at(-1)!.output, outputShape)],
  );
  return message([1, IR_VERSION], [7, graph], [8, message([1, ''], [2, OPSET])]);
}

function nodeMessage({ type, inputs, output, attributes = {} }: Node): Uint8Array {
  const fields = Object.entries(attributes).map(([name, value]): Field => {
    const body: Field[] = typeof value === 'number' ? [[3, value]] : value.map(item => [8, item]);
    return [5, message([1, name], ...body, [20, typeof value === 'number' ? INT : INTS])];
  });
  return message(...inputs.map((name): Field => [1, name]), [2, output], [4, type], ...fields);
}

function valueMessage(name: string, shape: readonly number[]): Uint8Array {
  const axes = message(...shape.map((length): Field => [1, message([1, length])]));
  return message([1, name], [2, message([1, message([1, FLOATS], [2, axes])])]);
}

function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(8 * number), varint(value)];
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return [varint(8 * number + 2), varint(bytes.length), bytes];
    }),
  );
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Uint8Array.from(bytes);
  }
}
