import { type MatrixLike, toTable } from '../array/index.ts';
import { type CallOptions, type Transformed, Transformer } from '../core/index.ts';

/** A step that changes nothing; it still knows the width and names it was fitted with. */
export class Passthrough extends Transformer<Record<never, never>, object, MatrixLike, Transformed> {
  static override readonly id = 'compose/Passthrough';
  static override readonly traits = { input: 'any', sparse: 'native', allowNaN: true } as const;

  constructor() {
    super({}, {});
  }

  protected override learn(): object {
    return {};
  }

  protected override map(X: MatrixLike): Transformed {
    return toTable(X, 'pass X through');
  }

  *inverseTransformWork(X: MatrixLike, options: CallOptions = {}) {
    return yield* this.calling('inverseTransform', options, 'invert with', () => toTable(X, 'pass X through'));
  }
}
