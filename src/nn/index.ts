/**
 * Neural networks with torch's names, layouts and defaults. Keras's rules stand where Keras's names do: in
 * {@link compile}, {@link model} and the callbacks.
 *
 * **Three ways to train.** A loop of one's own over `forward`, `backward` and {@link Optimizer.step}; a {@link Trainer},
 * which is given an optimizer and a loss; {@link compile}, which knows both by name. `compile(model, ...)` is a function
 * where Keras has a method, so that a page that only predicts does not load what trains.
 *
 * **On a GPU.** `const gpu = await openGpu()` gives a {@link Device}; `model.to(gpu)` and `x.to(gpu)` move there, and the
 * same loop trains there, each step in a {@link GpuDevice.scope} that frees what it made. Shapes and the tape stay
 * synchronous; values are computed behind them, and `await x.toCpu()` waits for them. A {@link Trainer} and
 * {@link compile} do all of that themselves for a model that lies there. {@link openGpu} says what is refused by name.
 *
 * **Where torch 2.13 and Keras 3 differ**
 *
 * | | torch, and here | Keras |
 * |---|---|---|
 * | batch norm: new share of the running statistics | `momentum` 0.1 | 0.01, written `momentum` 0.99 |
 * | batch, layer and group norm: added to the variance | `eps` 1e-5 | `epsilon` 1e-3 |
 * | linear and convolution: first weights and biases | both uniform in ±1/sqrt(in) | `xavierUniform`, and zeros |
 * | embedding: first weights | standard normal | uniform in ±0.05 |
 * | LSTM and GRU: first weights | all uniform in ±1/sqrt(hidden) | `xavierUniform`, recurrent ones `orthogonal`, biases 0, of the LSTM's forget gate 1 |
 * | leaky ReLU: slope | 0.01 | 0.3 |
 * | images | (N, C, H, W) | (N, H, W, C) |
 * | cross-entropies | take logits | take probabilities, held inside [1e-7, 1 - 1e-7] |
 * | mean of weighted losses: the sum over | the sum of the weights: `weight` of {@link crossEntropy} | the number of samples: `classWeight` and `sampleWeight` of {@link compile} |
 * | plateau: when the rate falls | after `patience` + 1 bad epochs: {@link ReduceOnPlateau} | after `patience`: {@link ReduceLROnPlateau} |
 * | plateau: what is better | by a share of 1e-4 of the best | by 1e-4 |
 * | sgd | `lr` 0.001 | 0.01 |
 * | adam | `eps` 1e-8, beside the corrected root | 1e-7, beside the root before its correction |
 * | adamw | `weightDecay` 0.01 | 0.004 |
 * | rmsprop | `lr` 0.01, `alpha` 0.99, `eps` 1e-8 beside the root | 0.001, 0.9, 1e-7 under the root |
 * | adagrad | `lr` 0.01, sums from 0, `eps` 1e-10 beside the root | 0.001, from 0.1, 1e-7 under the root |
 * | lion | `lr` 1e-4 (the paper's: torch has none) | 0.001 |
 *
 * The rules of Keras's column from `sgd` on are those that {@link compile} knows by name; `sgd()`, `adam()` and so on,
 * given to it as rules, are torch's.
 *
 * @module
 */
export * from './compile/index.ts';
export * from './data/index.ts';
export * from './debug/index.ts';
export * from './device/index.ts';
export * from './estimators/index.ts';
export * from './files/index.ts';
export * from './graph/index.ts';
export * from './init/index.ts';
export * from './layers/index.ts';
export * from './losses/index.ts';
export * from './mixed-precision/index.ts';
export * from './module/index.ts';
export * from './ops/index.ts';
export * from './optimizers/index.ts';
export * from './schedules/index.ts';
export {
  arange,
  type BackwardOptions,
  type Device,
  full,
  type NestedNumbers,
  noGrad,
  observeTape,
  ones,
  rand,
  randn,
  type SavedForm,
  type Shape,
  type TapeObserver,
  Tensor,
  type TensorLike,
  type TensorOptions,
  tensor,
  withSavedForm,
  zeros,
} from './tensor/index.ts';
export * from './train/index.ts';
