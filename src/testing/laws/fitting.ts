import { asNests, boundParamOf, nestedParamOf, shapeOf } from '../../core/index.ts';
import { InvalidInputError, InvalidParamError, NotFittedError, UnsupportedError } from '../../errors/index.ts';
import { deviceReport } from '../../kernels/index.ts';
import { drive, type ProgressEvent } from '../../work/index.ts';
import { type Law, readsTables } from '../law.ts';
import { call, demand, demandRefusal, demandSame, plain } from '../probe.ts';

export const fitGivesItself: Law = {
  name: 'fit resolves to the estimator itself',
  async check({ make, samples, y }) {
    const estimator = make();
    demand(
      (await estimator.fit(samples, y as never)) === (estimator as unknown),
      'fit must resolve to the same object',
    );
    demand(estimator.isFitted, 'it must be fitted then');
    const { columns } = shapeOf(samples);
    demand(estimator.nFeaturesIn_ === columns, `nFeaturesIn_ must be ${columns}, received ${estimator.nFeaturesIn_}`);
  },
};

export const unfittedThrows: Law = {
  name: 'every method of an unfitted estimator throws NotFittedError',
  appliesTo: estimator => !estimator.traits.stateless && !estimator.isFitted,
  async check(probe) {
    for (const method of probe.methods()) {
      await demandRefusal(() => call(probe.make(), method, probe.samples), `${method} before fit`, NotFittedError);
    }
    await demandRefusal(async () => probe.make().nFeaturesIn_, 'nFeaturesIn_ before fit', NotFittedError);
  },
};

export const refitEqualsFreshFit: Law = {
  name: 'a second fit forgets the first',
  async check(probe) {
    const half = Array.from({ length: 24 }, (_, i) => i);
    const { X, y } = probe.rows(half);
    const again = await probe.fit();
    await again.fit(X, y as never);
    const fresh = await probe.fit(X, y);
    demandSame(await probe.outputs(again, X), await probe.outputs(fresh, X), 'a refit and a fresh fit');
  },
};

export const sameSeedSameModel: Law = {
  name: 'two fits with the same seed give the same model, to the bit',
  async check(probe) {
    const [a, b] = [await probe.fit(), await probe.fit()];
    demandSame(await probe.outputs(a), await probe.outputs(b), 'two equal fits');
  },
};

export const cutEqualsSmallerFit: Law = {
  name: 'a model cut to a smaller value of its nested parameter is the model that this value gives',
  appliesTo: estimator => nestedParamOf(estimator) !== undefined,
  async check(probe) {
    const large = await probe.fit();
    const param = nestedParamOf(large)!;
    const value = Math.ceil((large.getParams()[param] as number) / 2);
    const small = large.withParams({ [param]: value } as object);
    await small.fit(probe.samples, probe.y as never);
    const cut = asNests(large).cutTo(value);
    demandSame(await probe.outputs(cut), await probe.outputs(small), 'the cut model and the smaller one');
  },
};

export const fitBesideLooserEqualsFit: Law = {
  name: 'a model fitted beside one with a looser bound is the model that its own bound gives',
  appliesTo: estimator => boundParamOf(estimator) !== undefined,
  async check(probe) {
    const { samples, y } = probe;
    const param = boundParamOf(probe.make())!;
    const under = (bound: number | null) => probe.make().withParams({ [param]: bound } as object);
    const looser = under(null);
    await looser.fit(samples, y as never);
    for (const bound of [8, 4, 2, 1]) {
      const [beside, alone] = [under(bound), under(bound)];
      await drive(beside.fitWithinWork(looser, samples, y as never));
      await alone.fit(samples, y as never);
      demandSame(await probe.outputs(beside), await probe.outputs(alone), `a fit beside another, and one alone`);
    }
  },
};

export const failedFitKeepsModel: Law = {
  name: 'a fit that fails leaves the earlier model whole',
  appliesTo: readsTables,
  async check(probe) {
    const estimator = await probe.fit();
    const before = await probe.outputs(estimator);
    const X = probe.X.clone();
    X.set(2, 1, Number.POSITIVE_INFINITY);
    await estimator.fit(X, probe.y as never).catch(() => undefined);
    demandSame(await probe.outputs(estimator), before, 'the model before and after a failed fit');
  },
};

export const abortedFitKeepsModel: Law = {
  name: 'an aborted fit rejects with the reason and leaves the earlier model whole',
  async check(probe) {
    const estimator = await probe.fit();
    const before = await probe.outputs(estimator);
    const reason = new Error('stop');
    let received: unknown;
    await estimator
      .fit(probe.samples, probe.y as never, { signal: AbortSignal.abort(reason) })
      .catch((error: unknown) => {
        received = error;
      });
    demand(received === reason, `an aborted fit must reject with the signal's reason, received ${String(received)}`);
    demandSame(await probe.outputs(estimator), before, 'the model before and after an aborted fit');
  },
};

export const stoppedFitKeepsModel: Law = {
  name: 'a fit that is stopped at any of its first checkpoints leaves the earlier model whole',
  appliesTo: readsTables,
  async check(probe) {
    const estimator = await probe.fit();
    const before = await probe.outputs(estimator);
    for (let steps = 1; steps <= 3; steps++) {
      const work = estimator.fitWork(
        probe.X.map(value => 2 * value + 1),
        probe.y,
      );
      let isDone = false;
      for (let k = 0; k < steps && !isDone; k++) {
        const state = work.next();
        isDone = (state.done ?? false) || 'pending' in state.value;
      }
      work.return(estimator);
      if (isDone) return;
      demandSame(await probe.outputs(estimator), before, `the model before and after ${steps} steps of a stopped fit`);
    }
  },
};

export const progressIsPlain: Law = {
  name: 'progress comes as plain events that never go beyond their total',
  async check(probe) {
    const events: ProgressEvent[] = [];
    await probe.fit(probe.samples, probe.y, { onProgress: event => events.push(event) });
    for (const event of events) {
      demandSame(structuredClone(event), event, 'an event and its copy');
      demand(
        event.task !== '' && event.done <= (event.total ?? event.done),
        `the event must fit, received ${JSON.stringify(event)}`,
      );
    }
  },
};

export const inputsStayUntouched: Law = {
  name: 'fit and predict never write to what they are given',
  appliesTo: readsTables,
  async check(probe) {
    const X = probe.X.clone();
    const y = probe.y === undefined ? undefined : (plain(probe.y) as number[]);
    const before = [plain(X), plain(y)];
    const estimator = await probe.fit(X, y);
    await probe.outputs(estimator, X);
    demandSame([plain(X), plain(y)], before, 'the caller’s data before and after');
  },
};

export const outputsAreFresh: Law = {
  name: 'a result is not changed by later calls, nor are the samples when it is written to',
  appliesTo: readsTables,
  async check(probe) {
    const estimator = await probe.fit();
    const X = probe.X.clone();
    const before = plain(X);
    for (const method of probe.methods()) {
      const first = await call(estimator, method, X);
      const copy = plain(first);
      await call(
        estimator,
        method,
        X.map(value => -value),
      ).catch(() => undefined);
      demandSame(plain(first), copy, `${method} before and after another call`);
      if (typeof first === 'object' && first !== null && 'data' in first) (first.data as Float64Array).fill(0);
    }
    demandSame(plain(X), before, 'the samples after their results were written to');
  },
};

export const unknownOptionsAreRefused: Law = {
  name: 'an unknown option of fit throws',
  async check({ make, samples, y }) {
    const refused = () => make().fit(samples, y as never, { noSuchOption: 1 } as never);
    await demandRefusal(refused, 'an unknown option', InvalidParamError);
  },
};

export const unusedOptionsAreRefused: Law = {
  name: 'an option of fit that nobody uses throws',
  async check({ make, samples, y }) {
    const options = { sampleWeight: new Float64Array(samples.rows).fill(1), groups: new Int32Array(samples.rows) };
    for (const [name, value] of Object.entries(options)) {
      if (make().consumes.includes(name as 'groups')) continue;
      await demandRefusal(
        () => make().fit(samples, y as never, { [name]: value }),
        `${name} that nobody uses`,
        InvalidInputError,
      );
    }
  },
};

export const gpuIsRefused: Law = {
  name: "device 'gpu' throws where there is no kernel or no GPU for it, and 'auto' works",
  async check({ make, samples, y }) {
    const onGpu = () => make().fit(samples, y as never, { device: 'gpu' });
    const isPossible = make().usesGpu('fit') && (await deviceReport()).backend !== null;
    if (!isPossible) await demandRefusal(onGpu, "device 'gpu'", UnsupportedError);
    await make().fit(samples, y as never, { device: 'auto' });
  },
};
