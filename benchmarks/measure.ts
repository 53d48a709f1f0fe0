import { type Contestant, Running } from './process.ts';
import type { Answers } from './protocol.ts';
import type { Measured, Outcome } from './result.ts';
import { median, spread } from './statistics.ts';
import type { Size, Workload } from './workload.ts';

/**
 * Seconds that a timed stretch lasts at least, so that a timer's grain, a single interruption, and the fresh pages of the
 * first run after garbage was collected drown in it.
 */
const STRETCH = 0.2;
/** Seconds of warm-up of a run that takes far less, in which compilers see what is hot: some 100 runs of 10 ms. */
const WARM_UP = 1;
const [FEWEST_ROUNDS, MOST_ROUNDS] = [3, 9];
/** A peer whose first run takes longer has had its only run. */
const PATIENCE = 5;
/** Seconds after which a contestant is ended. */
const LIMIT = { ours: 900, peer: 60 };

/** One contestant in one workload. */
interface Entry {
  readonly contestant: Contestant;
  readonly running: Running;
  readonly seconds: number[];
  prepared: Answers['prepare'];
  /** Runs in a stretch. */
  repeats: number;
  /** Estimate of one stretch. */
  stretch: number;
  failure: string | null;
}

/**
 * Lets all contestants run a workload by turns, each round beginning with another one.
 *
 * @param seconds that all rounds should take, within the bounds on their number
 */
export async function measure(
  work: Workload,
  size: Size,
  contestants: readonly Contestant[],
  seconds: number,
): Promise<Outcome[]> {
  const entries = contestants.map(enter);
  await Promise.all(entries.map(entry => attempt(entry, () => prepare(entry, work, size))));
  if (!work.once) for (const entry of entries) await attempt(entry, () => warmUp(entry));
  const rounds = work.once ? 1 : roundsFor(entries, seconds);
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < entries.length; k++) {
      const entry = entries[(round + k) % entries.length]!;
      if (!isDone(entry)) await attempt(entry, () => runStretch(entry));
    }
  }
  const outcomes = [];
  for (const entry of entries) outcomes.push(await finish(entry));
  return outcomes;
}

function enter(contestant: Contestant): Entry {
  const running = new Running(contestant, contestant.peer === undefined ? LIMIT.ours : LIMIT.peer);
  return { contestant, running, seconds: [], prepared: { preparedBytes: 0 }, repeats: 1, stretch: 0, failure: null };
}

/** One contestant's failure is its own row's; the others go on. */
async function attempt(entry: Entry, action: () => Promise<void>): Promise<void> {
  if (entry.failure !== null) return;
  await action().catch((error: unknown) => {
    entry.failure = error instanceof Error ? error.message : String(error);
  });
}

async function prepare(entry: Entry, work: Workload, size: Size): Promise<void> {
  const { running, contestant } = entry;
  const { peer } = contestant;
  const question = { ask: 'prepare', workload: work.name, size, code: work.theirs } as const;
  entry.prepared = await running.ask<'prepare'>(peer === undefined ? question : { ...question, peer });
}

async function warmUp(entry: Entry): Promise<void> {
  const time = async (repeats: number) => (await entry.running.ask<'time'>({ ask: 'time', repeats })).seconds;
  let seconds = await time(1);
  if (entry.contestant.peer !== undefined && seconds > PATIENCE) {
    entry.seconds.push(seconds);
    return;
  }
  for (let spent = seconds; spent < WARM_UP; spent += STRETCH) seconds = await time(repeatsFor(seconds));
  entry.repeats = repeatsFor(seconds);
  entry.stretch = seconds * entry.repeats;
}

const repeatsFor = (seconds: number): number => Math.max(1, Math.ceil(STRETCH / Math.max(seconds, 1e-7)));

function roundsFor(entries: readonly Entry[], seconds: number): number {
  const round = entries.reduce((sum, entry) => sum + (isDone(entry) ? 0 : entry.stretch), 0);
  return Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, Math.floor(seconds / round)));
}

/** Whether the warm-up was all it will run. */
const isDone = (entry: Entry): boolean => entry.failure !== null || (entry.stretch === 0 && entry.seconds.length > 0);

async function runStretch({ running, seconds, repeats }: Entry): Promise<void> {
  seconds.push((await running.ask<'time'>({ ask: 'time', repeats })).seconds);
}

async function finish(entry: Entry): Promise<Outcome> {
  const { contestant, running, seconds, prepared } = entry;
  const { label } = contestant;
  let measured: Measured | undefined;
  await attempt(entry, async () => {
    const end = await running.ask<'finish'>({ ask: 'finish' });
    measured = { label, seconds, median: median(seconds), spread: spread(seconds), ...prepared, ...end };
  });
  await running.end();
  return measured ?? { label, failure: entry.failure ?? 'gave no result' };
}
