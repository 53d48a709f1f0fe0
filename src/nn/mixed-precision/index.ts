export { type AutocastOptions, autocast } from './autocast.ts';
export { GradScaler, type GradScalerOptions, type GradScalerState } from './grad-scaler.ts';
