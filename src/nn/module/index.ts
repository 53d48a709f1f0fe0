export type { AnyModule, ForwardHook, ForwardPreHook } from './hooks.ts';
export { Module } from './module.ts';
export { Buffer, counter, Parameter } from './parameter.ts';
export type { LoadOptions, StateDict } from './state-dict.ts';
export { type SummaryRow, summary } from './summary.ts';
