import type { MatrixLike } from '../array/index.ts';
import type { Label, Target } from '../check/index.ts';
import { InvalidInputError, InvalidParamError, show, UnsupportedError } from '../errors/index.ts';
import type { RunOptions } from '../work/index.ts';
import type { Consumable } from './traits.ts';

/** Options of the long calls; those beyond progress and abort are routed to whoever consumes them. */
export interface FitOptions extends RunOptions {
  /** Weight of each sample, >= 0 and not all zero. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /** Group of each sample, for splitters that keep groups together. */
  readonly groups?: ArrayLike<Label> | undefined;
  /** Where the kernels run: this version has CPU kernels only, so `'gpu'` is refused and `'auto'` means the CPU. */
  readonly device?: 'cpu' | 'gpu' | 'auto' | undefined;
  /** Held-out samples for early stopping. */
  readonly validation?: { readonly X: MatrixLike; readonly y: Target } | undefined;
  /** All labels that later calls may bring, where `partialFit` is called for the first time. */
  readonly classes?: ArrayLike<Label> | undefined;
  /** A fitted model of the same class to continue from, instead of starting afresh. */
  readonly warmStartFrom?: object | undefined;
}

const CONSUMABLES: readonly Consumable[] = ['sampleWeight', 'groups', 'validation', 'warmStartFrom', 'classes'];
const ALWAYS: readonly string[] = ['signal', 'onProgress', 'device'];

/**
 * Checks the names of options, and that somebody consumes each.
 *
 * @throws InvalidParamError on an unknown name. @throws InvalidInputError on an option that nobody consumes.
 * @throws UnsupportedError for `device: 'gpu'`.
 */
export function checkFitOptions(options: FitOptions, consumes: readonly Consumable[], action: string): void {
  for (const [name, given] of Object.entries(options)) {
    if (given === undefined || ALWAYS.includes(name)) continue;
    if (!CONSUMABLES.includes(name as Consumable)) {
      throw new InvalidParamError({
        action,
        rule: `options must be among ${[...CONSUMABLES, ...ALWAYS].join(', ')}`,
        received: show(name),
      });
    }
    if (!consumes.includes(name as Consumable)) {
      throw new InvalidInputError({
        action,
        rule: `${name} must be consumed by some estimator`,
        received: 'one that nobody uses',
      });
    }
  }
  checkDevice(options.device, action);
}

function checkDevice(device: unknown, action: string): void {
  if (device === undefined || device === 'cpu' || device === 'auto') return;
  if (device === 'gpu') {
    throw new UnsupportedError({ action, rule: 'there must be a GPU kernel for this work', received: "device 'gpu'" });
  }
  throw new InvalidParamError({ action, rule: "device must be 'cpu', 'gpu' or 'auto'", received: show(device) });
}

/** The options of one call that an inner call may be given: those it consumes, without progress and abort. */
export function routeOptions(options: FitOptions, consumes: readonly Consumable[]): FitOptions {
  return Object.fromEntries(consumes.filter(name => options[name] !== undefined).map(name => [name, options[name]]));
}
