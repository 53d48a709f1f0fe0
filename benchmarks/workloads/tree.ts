import { accuracyScore, DecisionTreeClassifier } from 'fitwise';
import { loadPeer } from '../paths.ts';
import { body, workload } from '../workload.ts';
import { CLASSIFICATION_DATA, classificationData } from './data.ts';

interface MlCart {
  DecisionTreeClassifier: new () => { train(X: number[][], y: number[]): void; predict(X: number[][]): number[] };
}

export const tree = [
  workload({
    name: 'tree-classifier',
    target: 4,
    size: { rows: 100_000, columns: 20 },
    quick: { rows: 4000, columns: 20 },
    quality: { name: 'accuracy', within: 1e-12 },
    async ours({ rows, columns }) {
      const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
      return body(
        () => new DecisionTreeClassifier({ randomState: 0 }).fit(XTrain, yTrain),
        model => model.score(XTest, yTest),
      );
    },
    theirs: `${CLASSIFICATION_DATA}
from sklearn.tree import DecisionTreeClassifier
def run(): return DecisionTreeClassifier(random_state=0).fit(X_train, y_train)
def quality(model): return model.score(X_test, y_test)
`,
    peers: {
      async 'ml-cart'({ rows, columns }) {
        const { DecisionTreeClassifier: Tree } = await loadPeer<MlCart>('ml-cart');
        const { XTrain, yTrain, XTest, yTest } = classificationData(rows, columns);
        const X = XTrain.toArray();
        const grow = () => {
          const model = new Tree();
          model.train(X, yTrain);
          return model;
        };
        return body(grow, model => accuracyScore(yTest, model.predict(XTest.toArray())));
      },
    },
  }),
];
