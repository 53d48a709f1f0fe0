/** The activation functions as modules, for those places that take modules. */
import { Module } from '../module/index.ts';
import { relu, sigmoid, tanh } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** {@link relu} as a module. Shapes: any. */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/** {@link tanh} as a module. Shapes: any. */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/** {@link sigmoid} as a module. Shapes: any. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}
