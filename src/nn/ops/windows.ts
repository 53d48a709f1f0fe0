/** Windows along one axis of an image, for pooling. */
import { InvalidParamError } from '../../errors/index.ts';

/**
 * Window i covers `starts[i]`, `starts[i] + step`, ... before `ends[i]`, all within the axis; nothing, where a dilated
 * one steps over the axis.
 */
export interface Windows {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly step: number;
  /** Lengths with the padding counted in. */
  readonly spans: Int32Array;
}

export interface AxisWindows {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  /** Whether a last, incomplete window counts. */
  readonly ceilMode: boolean;
}

/** Windows of one size at regular steps. */
export function slidingWindows(action: string, length: number, options: AxisWindows): Windows {
  const { kernel, stride, padding, dilation, ceilMode } = options;
  if (padding > kernel / 2) {
    const rule = 'the padding must be half of the kernel at most';
    throw new InvalidParamError({ action, rule, received: `padding ${padding} for a kernel of ${kernel}` });
  }
  const span = dilation * (kernel - 1) + 1;
  const steps = (length + 2 * padding - span) / stride;
  let count = (ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
  // A window must begin within the axis or its left padding.
  if (ceilMode && (count - 1) * stride >= length + padding) count--;
  if (count < 1) {
    const rule = `the padded axis of length ${length + 2 * padding} must not be shorter than the kernel`;
    throw new InvalidParamError({ action, rule, received: `a kernel that spans ${span}` });
  }
  const lefts = Int32Array.from({ length: count }, (_, i) => i * stride - padding);
  return {
    starts: lefts.map(left => (left < 0 ? left + Math.ceil(-left / dilation) * dilation : left)),
    ends: lefts.map(left => Math.min(left + span, length)),
    spans: lefts.map(left => Math.min(left + span, length + padding) - left),
    step: dilation,
  };
}

/** `count` windows that cover the axis as evenly as they can: window i from floor(i n / count) to ceil((i + 1) n / count). */
export function adaptiveWindows(length: number, count: number): Windows {
  const starts = Int32Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
  const ends = Int32Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * length) / count));
  return { starts, ends, spans: ends.map((end, i) => end - starts[i]!), step: 1 };
}
