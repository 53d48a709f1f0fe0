/** The script of every worker: answers the pool's messages (see src/parallel/messages.ts). */
import {
  Board,
  decode,
  encodeError,
  enterWorker,
  type KernelExports,
  type Reply,
  type Request,
} from '../parallel/index.ts';
import { useBuiltInClasses } from '../registry/index.ts';
import { runTask } from './run-task.ts';

export { adoptModule } from './modules.ts';

interface Port {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply): void;
}

const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
const port = (threads?.parentPort ?? globalThis) as unknown as Port;
const shared = new Map<number, unknown>();
const kernels = new Map<number, KernelExports>();
let running: AbortController | undefined;

enterWorker();
useBuiltInClasses();
port.onmessage = ({ data }) => answer(data);
port.postMessage({ type: 'ready' });

function answer(request: Request): void {
  switch (request.type) {
    case 'run':
      void run(request);
      return;
    case 'kernel': {
      const { exports } = new WebAssembly.Instance(request.module, { env: { memory: request.memory } });
      kernels.set(request.key, exports as KernelExports);
      return;
    }
    case 'assist':
      port.postMessage(help(request));
      return;
    case 'share':
      shared.set(request.key, decode(request.value));
      return;
    case 'forget':
      shared.delete(request.key);
      return;
    case 'abort':
      running?.abort();
  }
}

function help({ board, helper }: Request & { type: 'assist' }): Reply {
  try {
    new Board(board).serve(kernels, helper);
    return { type: 'done', result: undefined, warnings: [] };
  } catch (error) {
    return { type: 'fail', error: encodeError(error), warnings: [] };
  }
}

async function run(request: Request & { type: 'run' }): Promise<void> {
  running = new AbortController();
  const reply = await runTask(request, shared.get(request.shared), running.signal);
  running = undefined;
  port.postMessage(reply);
}
