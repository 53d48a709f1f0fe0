import type { RandomState } from '../../random/index.ts';
import { uniform } from '../init/index.ts';
import { Parameter } from '../module/index.ts';

/** Weights of one direction of one layer. */
export interface RecurrentWeights {
  /** Shape (gates H, in). */
  readonly input: Parameter;
  /** Shape (gates H, H). */
  readonly hidden: Parameter;
  /** Shape (gates H,); null without bias. */
  readonly inputBias: Parameter | null;
  readonly hiddenBias: Parameter | null;
}

export interface RecurrentShape {
  readonly gates: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly bidirectional: boolean;
  readonly bias: boolean;
}

/**
 * Weights by layer and direction, and the same by attribute name (`weightIhL0`, `weightHhL0Reverse`, ...). All are
 * uniform in (-1/sqrt(H), 1/sqrt(H)), drawn in the order of the names.
 */
export function recurrentWeights(shape: RecurrentShape, random: RandomState) {
  const { gates, inputSize, hiddenSize, numLayers, bidirectional, bias } = shape;
  const width = gates * hiddenSize;
  const bound = 1 / Math.sqrt(hiddenSize);
  const named: Record<string, Parameter> = {};
  const draw = (name: string, lengths: number[]) => {
    named[name] = new Parameter(uniform(lengths, { low: -bound, high: bound, randomState: random }));
    return named[name];
  };
  const directions = bidirectional ? ['', 'Reverse'] : [''];
  const layers = Array.from({ length: numLayers }, (_, layer) =>
    directions.map((direction): RecurrentWeights => {
      const end = `L${layer}${direction}`;
      const features = layer === 0 ? inputSize : hiddenSize * directions.length;
      return {
        input: draw(`weightIh${end}`, [width, features]),
        hidden: draw(`weightHh${end}`, [width, hiddenSize]),
        inputBias: bias ? draw(`biasIh${end}`, [width]) : null,
        hiddenBias: bias ? draw(`biasHh${end}`, [width]) : null,
      };
    }),
  );
  return { layers, named };
}
