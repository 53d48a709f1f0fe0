/** The process that runs workloads in JavaScript: ours, or a peer's. */
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { closePool } from 'fitwise';
import type { Answer, Question } from './protocol.ts';
import type { Body } from './workload.ts';
import { findWorkload } from './workloads/index.ts';

// Set here and not on the command line, whose flags workers refuse.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let body: Body | undefined;
let result: unknown;

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await reply(JSON.parse(line) as Question).catch((error: unknown) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await closePool();

async function reply(question: Question): Promise<Answer> {
  if (question.ask === 'prepare') {
    const { ours, peers, variants } = findWorkload(question.workload);
    const prepare = question.peer === undefined ? ours : (peers?.[question.peer] ?? variants?.[question.peer]);
    if (prepare === undefined) throw new Error(`${question.peer} has no part in ${question.workload}`);
    body = await prepare(question.size);
    return { preparedBytes: peakBytes() };
  }
  if (body === undefined) throw new Error(`asked to ${question.ask} before a workload was prepared`);
  if (question.ask === 'time') return { seconds: await time(body, question.repeats) };
  const peak = peakBytes();
  return { quality: await body.quality(result), peakBytes: peak, versions: { node: process.versions.node } };
}

async function time({ run }: Body, repeats: number): Promise<number> {
  result = undefined;
  collectGarbage();
  const start = performance.now();
  for (let i = 0; i < repeats; i++) result = await run();
  return (performance.now() - start) / 1000 / repeats;
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
