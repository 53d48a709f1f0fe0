/** The activation functions as modules, for places that take modules. They keep the shape of their input. */
import { checkParam, checkParams, oneOf, real } from '../../check/index.ts';
import { Module } from '../module/index.ts';
import {
  elu,
  type GeluOptions,
  gelu,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  tanh,
} from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** {@link relu} as a module. */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/** {@link relu6} as a module. */
export class ReLU6 extends Module {
  forward(x: Tensor): Tensor {
    return relu6(x);
  }
}

/** {@link sigmoid} as a module. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

/** {@link tanh} as a module. */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/** {@link selu} as a module. */
export class SELU extends Module {
  forward(x: Tensor): Tensor {
    return selu(x);
  }
}

/** {@link silu} as a module. */
export class SiLU extends Module {
  forward(x: Tensor): Tensor {
    return silu(x);
  }
}

/** {@link mish} as a module. */
export class Mish extends Module {
  forward(x: Tensor): Tensor {
    return mish(x);
  }
}

/** {@link softsign} as a module. */
export class Softsign extends Module {
  forward(x: Tensor): Tensor {
    return softsign(x);
  }
}

/** {@link logSigmoid} as a module. */
export class LogSigmoid extends Module {
  forward(x: Tensor): Tensor {
    return logSigmoid(x);
  }
}

/** {@link hardsigmoid} as a module. */
export class Hardsigmoid extends Module {
  forward(x: Tensor): Tensor {
    return hardsigmoid(x);
  }
}

/** {@link hardswish} as a module. */
export class Hardswish extends Module {
  forward(x: Tensor): Tensor {
    return hardswish(x);
  }
}

/** {@link leakyRelu} as a module. */
export class LeakyReLU extends Module {
  readonly slope: number;

  constructor(slope = 0.01) {
    super();
    this.slope = checkParam('LeakyReLU', 'slope', real({}), slope);
  }

  forward(x: Tensor): Tensor {
    return leakyRelu(x, this.slope);
  }
}

/** {@link elu} as a module. */
export class ELU extends Module {
  readonly alpha: number;

  constructor(alpha = 1) {
    super();
    this.alpha = checkParam('ELU', 'alpha', real({}), alpha);
  }

  forward(x: Tensor): Tensor {
    return elu(x, this.alpha);
  }
}

/** {@link softplus} as a module. */
export class Softplus extends Module {
  readonly beta: number;
  readonly threshold: number;

  constructor(beta = 1, threshold = 20) {
    super();
    this.beta = checkParam('Softplus', 'beta', real({}), beta);
    this.threshold = checkParam('Softplus', 'threshold', real({}), threshold);
  }

  forward(x: Tensor): Tensor {
    return softplus(x, this.beta, this.threshold);
  }
}

/** {@link hardtanh} as a module. */
export class Hardtanh extends Module {
  readonly low: number;
  readonly high: number;

  constructor(low = -1, high = 1) {
    super();
    this.low = checkParam('Hardtanh', 'low', real({}), low);
    this.high = checkParam('Hardtanh', 'high', real({ above: low }), high);
  }

  forward(x: Tensor): Tensor {
    return hardtanh(x, this.low, this.high);
  }
}

const geluSpec = {
  /** `'tanh'` for the formula with a hyperbolic tangent. */
  approximate: oneOf(['none', 'tanh'], { default: 'none' }),
};

/** {@link gelu} as a module. */
export class GELU extends Module {
  readonly options: GeluOptions;

  constructor(options: GeluOptions = {}) {
    super();
    this.options = checkParams('GELU', geluSpec, options);
  }

  forward(x: Tensor): Tensor {
    return gelu(x, this.options);
  }
}

/** {@link softmax} as a module. */
export class Softmax extends Module {
  readonly axis: number;

  constructor(axis = -1) {
    super();
    this.axis = axis;
  }

  forward(x: Tensor): Tensor {
    return softmax(x, this.axis);
  }
}

/** {@link logSoftmax} as a module. */
export class LogSoftmax extends Module {
  readonly axis: number;

  constructor(axis = -1) {
    super();
    this.axis = axis;
  }

  forward(x: Tensor): Tensor {
    return logSoftmax(x, this.axis);
  }
}
