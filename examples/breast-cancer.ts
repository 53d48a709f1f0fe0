// The main job: search a pipeline by cross-validation on real data, and report on the held-out quarter.
import {
  classificationReport,
  confusionMatrix,
  consoleProgress,
  GridSearchCV,
  loadBreastCancer,
  loadDigits,
  PCA,
  Pipeline,
  RandomForestClassifier,
  rocAucScore,
  StandardScaler,
  trainTestSplit,
} from 'fitwise';

const datasets = { 'breast cancer': loadBreastCancer, digits: loadDigits };

for (const [name, load] of Object.entries(datasets)) {
  const { X, y } = await load();
  const { XTrain, XTest, yTrain, yTest } = trainTestSplit(X, y, { testSize: 0.25, stratify: y, randomState: 42 });

  const pipeline = new Pipeline([
    ['scaler', new StandardScaler()],
    ['pca', new PCA({ nComponents: 0.95, randomState: 42 })],
    ['classifier', new RandomForestClassifier({ randomState: 42 })],
  ]);
  const search = new GridSearchCV(pipeline, {
    paramGrid: {
      pca__nComponents: [0.9, 0.95, 0.99],
      classifier__nEstimators: [100, 200, 500],
      classifier__maxDepth: [null, 10, 20],
    },
    cv: 5,
    scoring: 'accuracy',
    nJobs: -1,
  });
  const model = await search.fit(XTrain, yTrain, { onProgress: consoleProgress() });

  console.log(`\n${name}: ${XTrain.rows} samples to search on, ${XTest.rows} held out`);
  console.log(`best parameters: ${JSON.stringify(model.bestParams_)}`);
  console.log(`best score: ${model.bestScore_.toFixed(6)}`);
  console.log(classificationReport(yTest, await model.predict(XTest)));
  const probabilities = await model.predictProba(XTest);
  const isBinary = model.classes_.length === 2;
  const auc = isBinary
    ? rocAucScore(yTest, probabilities.column(1))
    : rocAucScore(yTest, probabilities, { multiClass: 'ovr' });
  console.log(`ROC AUC${isBinary ? '' : ' (one versus rest)'}: ${auc.toFixed(6)}`);
  console.log(
    confusionMatrix(yTest, await model.predict(XTest))
      .toArray()
      .map(row => row.join('\t'))
      .join('\n'),
  );
}
