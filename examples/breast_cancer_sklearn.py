"""The same job in scikit-learn 1.9: its output is examples/breast-cancer.expected.txt (best parameters by our names)."""
import json
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import classification_report, confusion_matrix, roc_auc_score
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

NAMES = {"pca__n_components": "pca__nComponents", "classifier__n_estimators": "classifier__nEstimators", "classifier__max_depth": "classifier__maxDepth"}

for name, load in {"breast cancer": load_breast_cancer, "digits": load_digits}.items():
    X, y = load(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=42)
    pipeline = Pipeline([
        ("scaler", StandardScaler()),
        ("pca", PCA(n_components=0.95, random_state=42)),
        ("classifier", RandomForestClassifier(random_state=42)),
    ])
    search = GridSearchCV(
        pipeline,
        {"pca__n_components": [0.9, 0.95, 0.99], "classifier__n_estimators": [100, 200, 500], "classifier__max_depth": [None, 10, 20]},
        cv=5, scoring="accuracy", n_jobs=-1,
    )
    model = search.fit(X_train, y_train)
    print(f"\n{name}: {len(X_train)} samples to search on, {len(X_test)} held out")
    best = {NAMES[key]: value for key, value in sorted(model.best_params_.items())}
    print(f"best parameters: {json.dumps(best, separators=(',', ':'))}")
    print(f"best score: {model.best_score_:.6f}")
    print(classification_report(y_test, model.predict(X_test)))
    probabilities = model.predict_proba(X_test)
    is_binary = len(model.classes_) == 2
    auc = roc_auc_score(y_test, probabilities[:, 1]) if is_binary else roc_auc_score(y_test, probabilities, multi_class="ovr")
    print(f"ROC AUC{'' if is_binary else ' (one versus rest)'}: {auc:.6f}")
    print("\n".join("\t".join(map(str, row)) for row in confusion_matrix(y_test, model.predict(X_test))))
