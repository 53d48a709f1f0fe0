import { InvalidInputError, show, showShape } from '../../errors/index.ts';
import { isSameShape, noGrad, Tensor } from '../tensor/index.ts';

/** Tensors by torch's names: `0.weight`, `encoder.in_proj_weight`. */
export type StateDict = Readonly<Record<string, Tensor>>;

export interface LoadOptions {
  /** Refuse names that are missing or unexpected. Default true; other shapes are always refused. */
  readonly strict?: boolean;
}

/** Copies `given` into the tensors of `own`, all or nothing. */
export function loadState(own: StateDict, given: StateDict, { strict = true }: LoadOptions): void {
  if (typeof given !== 'object' || given === null) {
    const rule = 'it must be a record of tensors by name';
    throw new InvalidInputError({ action: 'load a state dict', rule, received: show(given) });
  }
  const names = Object.keys(own);
  const held = names.filter(name => Object.hasOwn(given, name));
  const shared = held.filter(name => given[name] instanceof Tensor);
  const problems = [
    ...(strict
      ? list(
          'missing',
          names.filter(name => !Object.hasOwn(given, name)),
        )
      : []),
    ...(strict
      ? list(
          'unexpected',
          Object.keys(given).filter(name => !Object.hasOwn(own, name)),
        )
      : []),
    ...list(
      'no tensors',
      held.filter(name => !(given[name] instanceof Tensor)),
    ),
    ...list(
      'of another shape',
      shared
        .filter(name => !isSameShape(own[name]!.shape, given[name]!.shape))
        .map(name => `${name} with ${showShape(...given[name]!.shape)} instead of ${showShape(...own[name]!.shape)}`),
    ),
  ];
  if (problems.length > 0) {
    const rule = 'its names and shapes must be those of the module';
    throw new InvalidInputError({ action: 'load a state dict', rule, received: problems.join(', and ') });
  }
  noGrad(() => {
    for (const name of shared) own[name]!.assign(given[name]!);
  });
}

function list(kind: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${names.length} ${kind} (${names.join(', ')})`];
}
