import { UnsupportedError } from '../../errors/index.ts';
import type { Resident } from '../../kernels/gpu/index.ts';
import type { Device, DeviceValues } from '../tensor/index.ts';

/** Values on a GPU: asked for at once, there (or failed) when the queue has come to them, until nobody owns them. */
export class GpuValues implements DeviceValues {
  readonly device: Device;
  readonly size: number;
  owners = 1;
  #state: Resident | Error | null = null;

  constructor(device: Device, size: number) {
    this.device = device;
    this.size = size;
  }

  settle(state: Resident | Error): void {
    this.#state = state;
  }

  /** @throws the error with which the operation failed that should have made them, or one before it */
  get resident(): Resident {
    if (this.#state instanceof Error) throw this.#state;
    return this.#state!;
  }

  release(): void {
    if (!(this.#state instanceof Error)) this.#state?.release();
  }

  /** @throws UnsupportedError once nobody owns them */
  demandOwner(): void {
    if (this.owners > 0) return;
    throw new UnsupportedError({
      action: 'use a tensor',
      rule: 'its values must not have been freed',
      received: `a tensor on ${this.device.name} whose scope has ended`,
      repair: 'return it from the scope, or read it there',
    });
  }
}
