/**
 * `npm run bench:event-loop`: how long the event loop has to wait while a forest is fitted, on one worker and on two, and
 * how long an abort takes. Aims: 50 ms between ticks of a timer, 100 ms to an abort.
 */
import { closePool, RandomForestClassifier } from 'fitwise';
import { classificationData } from './workloads/data.ts';

/** Trees of a fit of about ten seconds on one worker. */
const TREES = 600;
const ABORT_AFTER_MS = 1000;

const { XTrain, yTrain } = classificationData(20_000, 20);

for (const nJobs of [1, 2]) {
  const forest = new RandomForestClassifier({ nEstimators: TREES, randomState: 0, nJobs });
  const ticks = watchTicks();
  const start = performance.now();
  await forest.fit(XTrain, yTrain);
  const seconds = (performance.now() - start) / 1000;
  const gap = ticks.stop();
  const delay = await abortDelay(forest);
  console.log(
    `${nJobs} worker${nJobs === 1 ? '' : 's'}: fit ${seconds.toFixed(1)} s, largest gap between ticks ` +
      `${gap.toFixed(0)} ms, abort after ${delay.toFixed(0)} ms`,
  );
}
await closePool();

/** Watches a timer of one millisecond; `stop` gives the largest gap between two ticks. */
function watchTicks() {
  let last = performance.now();
  let largest = 0;
  const tick = () => {
    const now = performance.now();
    largest = Math.max(largest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  return {
    stop(): number {
      clearInterval(timer);
      tick();
      return largest;
    },
  };
}

/** Milliseconds from an abort to the rejection of the fit. */
async function abortDelay(forest: RandomForestClassifier): Promise<number> {
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort();
  }, ABORT_AFTER_MS);
  await forest.fit(XTrain, yTrain, { signal: controller.signal }).catch(() => {});
  return performance.now() - aborted;
}
