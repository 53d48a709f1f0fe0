import { linesOfExample } from './lines.js';

for (const line of await linesOfExample()) console.log(line);
