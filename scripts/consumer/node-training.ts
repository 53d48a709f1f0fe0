import { linesOfTraining } from './training.js';

for (const line of await linesOfTraining()) console.log(line);
