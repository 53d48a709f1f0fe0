export { ReLU, Sigmoid, Tanh } from './activations.ts';
export { Linear, type LinearOptions } from './linear.ts';
export { Sequential } from './sequential.ts';
