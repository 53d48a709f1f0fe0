import { classificationReport, confusionMatrix, RandomState, rocAucScore } from 'fitwise';
import { body, workload } from '../workload.ts';

const SIZE = { rows: 1_000_000, classes: 5 };
const QUICK = { rows: 50_000, classes: 5 };

/** Labels, and predictions of which about a third are drawn anew. */
function labels(rows: number, classes: number) {
  const random = new RandomState(0);
  const yTrue = random.randint(0, classes, rows);
  const drawn = random.randint(0, classes, rows);
  const chance = random.randomSample(rows);
  return { yTrue, yPred: yTrue.map((label, i) => (chance[i]! < 1 / 3 ? drawn[i]! : label)) };
}

const LABELS = `
random = np.random.RandomState(0)
y_true, drawn = random.randint(0, classes, rows), random.randint(0, classes, rows)
y_pred = np.where(random.random_sample(rows) < 1 / 3, drawn, y_true)
`;

export const metrics = [
  workload({
    name: 'roc-auc',
    target: 3,
    size: { rows: SIZE.rows },
    quick: { rows: QUICK.rows },
    quality: { name: 'AUC', within: 1e-12 },
    async ours({ rows }) {
      const random = new RandomState(0);
      const y = random.randint(0, 2, rows);
      const scores = random.randomSample(rows).map((value, i) => value + 0.3 * y[i]!);
      return body(
        () => rocAucScore(y, scores),
        area => area,
      );
    },
    theirs: `
from sklearn.metrics import roc_auc_score
random = np.random.RandomState(0)
y = random.randint(0, 2, rows)
scores = random.random_sample(rows) + 0.3 * y
def run(): return roc_auc_score(y, scores)
def quality(area): return area
`,
  }),
  workload({
    name: 'confusion-matrix',
    target: 3,
    size: SIZE,
    quick: QUICK,
    quality: { name: 'sum of squares', within: 0 },
    async ours({ rows, classes }) {
      const { yTrue, yPred } = labels(rows, classes);
      return body(
        () => confusionMatrix(yTrue, yPred),
        counts => counts.data.reduce((sum, count) => sum + count * count, 0),
      );
    },
    theirs: `${LABELS}
from sklearn.metrics import confusion_matrix
def run(): return confusion_matrix(y_true, y_pred)
def quality(counts): return (counts ** 2).sum()
`,
  }),
  workload({
    name: 'classification-report',
    target: 3,
    size: SIZE,
    quick: QUICK,
    quality: { name: 'sum of character codes', within: 0 },
    async ours({ rows, classes }) {
      const { yTrue, yPred } = labels(rows, classes);
      return body(
        () => classificationReport(yTrue, yPred),
        text => [...text].reduce((sum, character) => sum + character.charCodeAt(0), 0),
      );
    },
    theirs: `${LABELS}
from sklearn.metrics import classification_report
def run(): return classification_report(y_true, y_pred)
def quality(text): return sum(map(ord, text))
`,
  }),
];
