export type { MissingValue } from './missing.ts';
export { SimpleImputer, type SimpleImputerParams } from './simple-imputer.ts';
export type { Statistic } from './statistics.ts';
