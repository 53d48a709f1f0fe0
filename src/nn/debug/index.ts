export { detectAnomaly } from './detect-anomaly.ts';
export { type GradientFlowOptions, type GradientRow, type GradientVerdict, gradientFlow } from './gradient-flow.ts';
export { type MemoryReport, type MemoryReportOptions, memoryReport, type SavedMemory } from './memory-report.ts';
export type { ModulePath } from './module-path.ts';
export { type Overfit, type OverfitOptions, overfitOneBatch } from './overfit-one-batch.ts';
