import { assert, captureWarnings } from '../errors/index.ts';
import { decode, detach, encode, encodeError, type RunReply, type RunRequest } from '../parallel/index.ts';
import { drive } from '../work/index.ts';
import { loadModules, ownTask } from './modules.ts';
import { type AnyTask, tasks } from './tasks.ts';

/** Runs a task to its end and says what became of it, with the warnings it raised; never rejects. */
export async function runTask(request: RunRequest, shared: unknown, signal: AbortSignal): Promise<RunReply> {
  const { result, warnings } = await captureWarnings(async () => {
    try {
      return { type: 'done', result: await resultOf(request, shared, signal) } as const;
    } catch (error) {
      return { type: 'fail', error: encodeError(error) } as const;
    }
  });
  return { ...result, warnings };
}

async function resultOf({ task: id, payload, modules }: RunRequest, shared: unknown, signal: AbortSignal) {
  await loadModules(modules);
  const task = await findTask(id);
  const result = await drive(task.run(decode(payload) as never, shared as never), { signal });
  return encode(result, 'result', detach);
}

async function findTask(id: string): Promise<AnyTask> {
  const task = ownTask(id) ?? (Object.hasOwn(tasks, id) ? await tasks[id]!() : undefined);
  assert(task !== undefined, `workers know no task '${id}'`);
  return task;
}
