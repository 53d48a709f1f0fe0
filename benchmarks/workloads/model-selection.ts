import {
  crossValScore,
  GridSearchCV,
  LogisticRegression,
  loadBreastCancer,
  loadDigits,
  PCA,
  Pipeline,
  RandomForestClassifier,
  StandardScaler,
  trainTestSplit,
} from 'fitwise';
import { type Body, body, workload } from '../workload.ts';

interface SearchSize {
  readonly trees: number;
  readonly folds: number;
  readonly jobs: number;
}

/** @param share whether candidates share what they have in common, as they do by default */
async function readmeSearch({ trees, folds, jobs }: SearchSize, share: boolean): Promise<Body> {
  const { X, y } = await loadBreastCancer();
  const { XTrain, yTrain } = trainTestSplit(X, y, { testSize: 0.25, stratify: y, randomState: 42 });
  const pipeline = new Pipeline([
    ['scaler', new StandardScaler()],
    ['pca', new PCA({ nComponents: 0.95, randomState: 42 })],
    ['classifier', new RandomForestClassifier({ randomState: 42 })],
  ]);
  const paramGrid = {
    pca__nComponents: [0.9, 0.95, 0.99],
    classifier__nEstimators: [trees / 5, (trees * 2) / 5, trees],
    classifier__maxDepth: [null, 10, 20],
  };
  const params = { paramGrid, cv: folds, scoring: 'accuracy', nJobs: jobs, share } as const;
  return body(
    () => new GridSearchCV(pipeline, params).fit(XTrain, yTrain),
    search => search.bestScore_,
  );
}

export const modelSelection = [
  workload({
    name: 'readme-search',
    target: 10,
    size: { trees: 500, folds: 5, jobs: 2 },
    quick: { trees: 20, folds: 3, jobs: 2 },
    quality: { name: 'accuracy', within: 1e-9 },
    once: true,
    ours: size => readmeSearch(size, true),
    variants: { 'share: false': size => readmeSearch(size, false) },
    theirs: `
from sklearn.datasets import load_breast_cancer
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
X, y = load_breast_cancer(return_X_y=True)
X_train, _, y_train, _ = train_test_split(X, y, test_size=0.25, stratify=y, random_state=42)
pipeline = Pipeline([
    ("scaler", StandardScaler()),
    ("pca", PCA(n_components=0.95, random_state=42)),
    ("classifier", RandomForestClassifier(random_state=42)),
])
grid = {
    "pca__n_components": [0.9, 0.95, 0.99],
    "classifier__n_estimators": [trees // 5, trees * 2 // 5, trees],
    "classifier__max_depth": [None, 10, 20],
}
def run(): return GridSearchCV(pipeline, grid, cv=folds, scoring="accuracy", n_jobs=jobs).fit(X_train, y_train)
def quality(search): return search.best_score_
`,
  }),
  workload({
    name: 'cross-validation-digits',
    target: 2,
    size: { folds: 10, maxIter: 2000, jobs: 2 },
    quick: { folds: 3, maxIter: 100, jobs: 2 },
    quality: { name: 'accuracy', within: 2e-3 },
    async ours({ folds, maxIter, jobs }) {
      const { X, y } = await loadDigits();
      return body(
        () => crossValScore(new LogisticRegression({ maxIter }), X, y, { cv: folds, nJobs: jobs }),
        scores => scores.reduce((sum, score) => sum + score, 0) / scores.length,
      );
    },
    theirs: `
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
X, y = load_digits(return_X_y=True)
def run(): return cross_val_score(LogisticRegression(max_iter=maxIter), X, y, cv=folds, n_jobs=jobs)
def quality(scores): return scores.mean()
`,
  }),
];
