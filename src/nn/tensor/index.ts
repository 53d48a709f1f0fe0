export { checkTensor } from './check-tensor.ts';
export { arange, full, ones, rand, randn, type TensorLike, tensor, zeros } from './create.ts';
export {
  beside,
  copyOfData,
  type Device,
  type DeviceValues,
  demandProcessor,
  deviceOf,
  inMemory,
  type Operand,
  type Part,
  type Transposes,
} from './device.ts';
export {
  type AxisView,
  alongAxis,
  axisOf,
  broadcastShapes,
  isSameShape,
  newSizeOf,
  reducedAxisOf,
  refuse,
  type Shape,
  sizeOf,
  stridesOf,
} from './shape.ts';
export type { Storage } from './storage.ts';
export {
  type Backward,
  isRecording,
  isWatched,
  noGrad,
  observeTape,
  record,
  type SavedForm,
  type TapeObserver,
  withSavedForm,
} from './tape.ts';
export { type BackwardOptions, type NestedNumbers, Tensor, type TensorOptions } from './tensor.ts';
