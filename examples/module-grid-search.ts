/**
 * A network of one's own in a pipeline in a search: width, dropout and learning rate are chosen by cross-validation,
 * each training stops early on samples that it holds out, and the best is tried on images that nobody has seen, of which
 * it reads 98 %. Twenty seconds of one core.
 *
 *     npm run example -- build/examples/module-grid-search.js [--quick]
 */
import { parseArgs } from 'node:util';
import {
  accuracyScore,
  consoleProgress,
  GridSearchCV,
  loadDigits,
  Pipeline,
  StandardScaler,
  trainTestSplit,
} from 'fitwise';
import { BatchNorm1d, Dropout, Linear, type MakeModule, ModuleClassifier, ReLU, Sequential } from 'fitwise/nn';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;

/** One hidden layer; the estimator says how wide its ends must be, and where random numbers come from. */
function network(width: number, dropout: number): MakeModule {
  return ({ nFeatures, nOutputs }, randomState) =>
    new Sequential(
      new Linear(nFeatures, width, { randomState }),
      new BatchNorm1d(width),
      new ReLU(),
      new Dropout(dropout, { randomState }),
      new Linear(width, nOutputs, { randomState }),
    );
}

const networks = {
  '32 units': network(32, 0),
  '128 units': network(128, 0),
  '128 units, a quarter dropped': network(128, 0.25),
};

const { X, y } = await loadDigits();
const { XTrain, XTest, yTrain, yTest } = trainTestSplit(X, y, { testSize: 0.25, stratify: y, randomState: 0 });

const pipeline = new Pipeline([
  ['scaler', new StandardScaler()],
  ['network', new ModuleClassifier({ maxIter: 100, earlyStopping: true, nIterNoChange: 5, randomState: 0 })],
]);
const search = new GridSearchCV(pipeline, {
  paramGrid: {
    network__module: quick ? [networks['32 units']] : Object.values(networks),
    network__lr: quick ? [0.03, 0.01] : [0.03, 0.01, 0.003],
  },
  cv: quick ? 2 : 5,
});
const model = await search.fit(XTrain, yTrain, { onProgress: consoleProgress() });

const nameOf = (module: unknown) => Object.entries(networks).find(([, made]) => made === module)?.[0];
const { params, meanTestScore, stdTestScore } = model.cvResults_;
for (const [i, { network__module, network__lr }] of params.entries()) {
  const score = `${meanTestScore![i]!.toFixed(3)} ± ${stdTestScore![i]!.toFixed(3)}`;
  console.log(`${score}  lr ${network__lr}, ${nameOf(network__module)}`);
}
const best = model.bestEstimator_.step('network');
console.log(`best: lr ${best.params.lr}, ${nameOf(best.params.module)}, ${best.history_.loss!.length} epochs`);
console.log(`accuracy on ${XTest.rows} new images: ${accuracyScore(yTest, await model.predict(XTest)).toFixed(3)}`);
