import { loadDigits, MLPClassifier, onWarning } from 'fitwise';
import { body, workload } from '../workload.ts';

export const mlp = [
  workload({
    name: 'mlp-classifier',
    target: 1,
    size: { hidden: 100, epochs: 50 },
    quick: { hidden: 100, epochs: 5 },
    quality: { name: 'accuracy', within: 1e-12 },
    async ours({ hidden, epochs }) {
      const { X, y } = await loadDigits();
      // The epochs are too few on purpose.
      onWarning(() => {});
      const params = { hiddenLayerSizes: hidden, maxIter: epochs, tol: 0, randomState: 0 };
      return body(
        () => new MLPClassifier(params).fit(X, y),
        model => model.score(X, y),
      );
    },
    theirs: `
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier
X, y = load_digits(return_X_y=True)
def run(): return MLPClassifier(hidden, max_iter=epochs, tol=0, random_state=0).fit(X, y)
def quality(model): return model.score(X, y)
`,
  }),
];
