/** Where the test looks for the outcome. */
const outcome = document.body.dataset;

/** `#training` asks for networks that are trained, in place of the example. */
const lines =
  location.hash === '#training'
    ? import('./training.js').then(({ linesOfTraining }) => linesOfTraining())
    : import('./lines.js').then(({ linesOfExample }) => linesOfExample());

lines.then(
  lines => {
    outcome.lines = JSON.stringify(lines);
  },
  (error: unknown) => {
    outcome.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  },
);
