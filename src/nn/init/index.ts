export {
  gainOf,
  type InitOptions,
  type KaimingOptions,
  kaimingNormal,
  kaimingUniform,
  type NormalOptions,
  normal,
  type UniformOptions,
  uniform,
  type XavierOptions,
  xavierNormal,
  xavierUniform,
} from './initialisers.ts';
