/** A worker script of one's own, with a task that warns. */
import { adoptModule } from '../../src/worker/entry.ts';
import * as tasks from './warning-task.ts';

adoptModule(tasks);
