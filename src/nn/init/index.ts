export {
  gainOf,
  type InitOptions,
  type KaimingOptions,
  kaimingNormal,
  kaimingUniform,
  type NormalOptions,
  normal,
  type TruncatedNormalOptions,
  truncatedNormal,
  type UniformOptions,
  uniform,
  type XavierOptions,
  xavierNormal,
  xavierUniform,
} from './initialisers.ts';
export { orthogonal } from './orthogonal.ts';
