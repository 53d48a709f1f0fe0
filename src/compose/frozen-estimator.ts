import type { MatrixLike } from '../array/index.ts';
import { type Target, value } from '../check/index.ts';
import {
  type AnyEstimator,
  type Consumable,
  Delegating,
  Estimator,
  type FitOptions,
  type FittedState,
} from '../core/index.ts';
import { InvalidParamError, NotFittedError, show, UnsupportedError } from '../errors/index.ts';
import { asWork, type Work } from '../work/index.ts';

const spec = {
  /** The estimator that stays as it is. */
  estimator: value<AnyEstimator | null>({
    default: null,
    expected: 'an estimator',
    accepts: given => given instanceof Estimator,
  }),
};

interface Learned {
  readonly estimator: AnyEstimator;
}

/**
 * Holds a fitted estimator that no `fit` changes: pipelines and searches use it as it is, and its copy is itself.
 *
 * @example
 * import { FrozenEstimator, StandardScaler } from 'fitwise';
 * const frozen = new FrozenEstimator(await new StandardScaler().fit([[0], [2]]));
 * await frozen.fit([[10], [20]]);
 * (await frozen.transform([[1]])).toArray(); // [[0]]
 */
export class FrozenEstimator<E extends AnyEstimator = AnyEstimator> extends Delegating<typeof spec, Learned, E> {
  static override readonly id = 'compose/FrozenEstimator';
  static override readonly traits = { input: 'any', sparse: 'native' } as const;

  static override fromParams(params: object): AnyEstimator {
    return new this((params as { estimator: AnyEstimator }).estimator);
  }

  /** @throws InvalidParamError if there is no estimator. */
  constructor(estimator: E) {
    super(spec, { estimator });
    if (!(estimator instanceof Estimator)) {
      throw new InvalidParamError({
        action: 'make FrozenEstimator',
        rule: 'there must be an estimator',
        received: show(estimator),
      });
    }
  }

  override get isFitted(): boolean {
    return this.template().isFitted;
  }

  /** The caller may pass what an unfrozen estimator would use; nothing is done with it. */
  override get consumes(): readonly Consumable[] {
    return this.template().consumes;
  }

  /** Does nothing: what is frozen stays. @throws NotFittedError if the estimator was never fitted. */
  override *fitWork(_X: MatrixLike, _y?: Target, _options: FitOptions = {}): Work<this> {
    this.fitted(`fit ${this.name}`);
    return yield* asWork(this as this);
  }

  /** Itself: copies of what is frozen would have to be fitted. */
  override withParams(params: Parameters<Estimator['withParams']>[0]): this {
    const names = Object.keys(params);
    if (names.length === 0) return this;
    throw new UnsupportedError({
      action: 'change FrozenEstimator',
      rule: 'its parameters must stay as they are',
      received: show(names),
      repair: 'freeze another estimator',
    });
  }

  override exportState(): FittedState<Learned> | undefined {
    const state = this.template().exportState();
    return state === undefined ? undefined : { ...state, learned: { estimator: this.template() } };
  }

  /** The parameter holds the fitted estimator already. */
  override importState(_state: FittedState<Learned>): this {
    return this;
  }

  /** Never asked for, as nothing is fitted. */
  protected override learn(): Learned {
    return this.learned;
  }

  protected override fitted(action = `use ${this.name}`): FittedState<Learned> {
    const state = this.exportState();
    if (state !== undefined) return state;
    throw new NotFittedError({ action, rule: 'the frozen estimator must be fitted', received: 'an unfitted one' });
  }

  protected override template(): AnyEstimator {
    return this.params.estimator!;
  }

  protected override delegate(): AnyEstimator {
    return this.params.estimator!;
  }
}
