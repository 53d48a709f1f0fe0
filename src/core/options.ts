import type { MatrixLike } from '../array/index.ts';
import type { Label, Target } from '../check/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { type Device, noGpu } from '../kernels/index.ts';
import type { RunOptions } from '../work/index.ts';
import { NO_KERNELS } from './compute-on.ts';
import type { Consumable, GpuCall } from './traits.ts';

/** Options of every long call. */
export interface CallOptions extends RunOptions {
  /**
   * Where matrix products run. `'gpu'` throws where there is no GPU, or no kernel for the work; `'auto'` takes the GPU
   * where that is expected to pay, and `device_` says why not. @default 'cpu'
   */
  readonly device?: Device | undefined;
}

/** Options of `fit`; those beyond progress and abort are routed to whoever consumes them. */
export interface FitOptions extends CallOptions {
  /** Weight of each sample, >= 0 and not all zero. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /** Group of each sample, for splitters that keep groups together. */
  readonly groups?: ArrayLike<Label> | undefined;
  /** Held-out samples for early stopping. */
  readonly validation?: { readonly X: MatrixLike; readonly y: Target } | undefined;
  /** All labels that later calls may bring, where `partialFit` is called for the first time. */
  readonly classes?: ArrayLike<Label> | undefined;
  /** A fitted model of the same class to continue from, instead of starting afresh. */
  readonly warmStartFrom?: object | undefined;
}

/** Options of `score`. */
export interface ScoreOptions {
  readonly sampleWeight?: ArrayLike<number> | undefined;
}

/** Names of the options of every call. */
export const CALL_OPTIONS: readonly string[] = ['signal', 'onProgress', 'device'];
const NO_OPTIONS: CallOptions = Object.freeze({});
const DEVICES: readonly unknown[] = ['cpu', 'gpu', 'auto'];

/**
 * Checks the options of a call that takes no others, such as `predict`.
 *
 * @throws InvalidParamError on an unknown name.
 */
export function checkCallOptions(options: CallOptions, action: string): void {
  for (const name in options) {
    if (CALL_OPTIONS.includes(name)) continue;
    throw new InvalidParamError({
      action,
      rule: `options must be among ${CALL_OPTIONS.join(', ')}`,
      received: show(name),
    });
  }
}

/** What a device may be asked of: an estimator, by the calls that have GPU kernels in it or in what it contains. */
interface GpuUser {
  readonly consumes: readonly Consumable[];
  usesGpu(call: GpuCall): boolean;
}

/**
 * The device that a call asks for.
 *
 * @throws InvalidParamError on one that there is not. @throws UnsupportedError for `'gpu'` where nothing uses it.
 */
export function checkDevice(device: unknown, user: GpuUser, call: GpuCall, action: string): Device {
  if (device === undefined) return 'cpu';
  if (!DEVICES.includes(device)) {
    throw new InvalidParamError({ action, rule: "device must be 'cpu', 'gpu' or 'auto'", received: show(device) });
  }
  if (device === 'gpu' && !user.usesGpu(call)) throw noGpu(action, NO_KERNELS);
  return device as Device;
}

/** The options of one fit that an inner fit may be given: those it consumes, without progress and abort. */
export function routeOptions(options: FitOptions, inner: GpuUser): FitOptions {
  const names = inner.consumes.filter(name => options[name] !== undefined);
  return { ...Object.fromEntries(names.map(name => [name, options[name]])), ...routeDevice(options, inner, 'fit') };
}

/** The device of one call, for an inner call that uses it. */
export function routeDevice({ device }: CallOptions, inner: GpuUser, call: GpuCall): CallOptions {
  return device !== undefined && inner.usesGpu(call) ? { device } : NO_OPTIONS;
}
