/** Images (images, channels, height, width). */
export interface BlockSize {
  readonly images: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** scale x + shift of a channel. */
export interface Scaling {
  readonly scale: number;
  readonly shift: number;
}

/** Of all values of a channel. */
export interface ChannelMoments {
  readonly mean: number;
  /** Without correction. */
  readonly variance: number;
}

/** A channel in a pass back. */
export interface ScaledChannel extends Scaling {
  readonly mean: number;
}

/** Sums over a channel of each image, with g the gradient of scale x + shift. */
export interface GradientSums {
  /** Of g. */
  readonly plain: Float64Array;
  /** Of g (x - mean). */
  readonly products: Float64Array;
}

/** The gradient in x is factor g - slope x - shift. */
export interface Combination {
  readonly factor: number;
  readonly slope: number;
  readonly shift: number;
}
