import { linesOfExample } from './lines.js';

/** Where the test looks for the outcome. */
const outcome = document.body.dataset;

linesOfExample().then(
  lines => {
    outcome.lines = JSON.stringify(lines);
  },
  (error: unknown) => {
    outcome.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  },
);
