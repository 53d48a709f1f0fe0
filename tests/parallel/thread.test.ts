import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Thread } from '../../src/parallel/thread.ts';

/** A host's worker that ends when told to, and keeps the process alive while `isHeld`. */
class Host extends EventEmitter {
  isHeld = true;
  exit = () => {};

  ref(): void {
    this.isHeld = true;
  }

  unref(): void {
    this.isHeld = false;
  }

  postMessage(): void {}

  terminate(): Promise<number> {
    this.ref();
    return new Promise(resolve => {
      this.exit = () => resolve(0);
    });
  }
}

test('Thread keeps the process alive until its worker has ended, even if a reply comes in between', async () => {
  const host = new Host();
  const thread = new Thread(host, () => {});
  const answer = thread.assist(
    { type: 'assist', board: new SharedArrayBuffer(8), helper: 0 },
    {
      key: 1,
      module: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
      memory: new WebAssembly.Memory({ initial: 1 }),
    },
  );
  const end = thread.end(new Error('enough'));
  expect((await answer).type).toBe('ended');
  host.emit('message', { type: 'done', result: undefined, warnings: [] });
  expect(host.isHeld).toBe(true);
  host.exit();
  await end;
});
