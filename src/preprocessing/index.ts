export type { Category } from './category.ts';
export { FunctionTransformer, type FunctionTransformerParams, type KwArgs } from './function-transformer.ts';
export { LabelEncoder } from './label-encoder.ts';
export { MinMaxScaler, type MinMaxScalerParams } from './min-max-scaler.ts';
export { type FeatureNameCombiner, OneHotEncoder, type OneHotEncoderParams } from './one-hot-encoder.ts';
export { RobustScaler, type RobustScalerParams } from './robust-scaler.ts';
export { StandardScaler, type StandardScalerParams } from './standard-scaler.ts';
