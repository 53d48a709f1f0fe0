import { InvalidParamError } from '../../errors/index.ts';
import type { Law } from '../law.ts';
import { demand, demandRefusal, demandSame } from '../probe.ts';

/** Nothing that any rule accepts. */
const HOSTILE = Symbol('hostile');

export const parametersRoundTrip: Law = {
  name: 'getParams gives every parameter, and withParams of them makes an equal estimator',
  async check({ make }) {
    const estimator = make();
    const own = Object.fromEntries(Object.keys(estimator.params).map(name => [name, estimator.getParams()[name]]));
    const copy = estimator.withParams(own as never);
    demand(copy !== estimator, 'withParams must give a new estimator');
    demandSame(Object.keys(copy.getParams()), Object.keys(estimator.getParams()), 'names of parameters');
    demand(copy.constructor === estimator.constructor, 'withParams must keep the class');
  },
};

export const parametersAreFrozen: Law = {
  name: 'parameters are read-only',
  async check({ make }) {
    const { params } = make();
    demand(Object.isFrozen(params), 'params must be frozen');
  },
};

export const fitKeepsParameters: Law = {
  name: 'fit changes no parameter',
  async check({ make, samples, y }) {
    const estimator = make();
    const before = { ...estimator.params };
    await estimator.fit(samples, y as never);
    demandSame(Object.keys(estimator.params), Object.keys(before), 'names of parameters');
    for (const [name, value] of Object.entries(before)) {
      demand(Object.is((estimator.params as Record<string, unknown>)[name], value), `fit must not change ${name}`);
    }
  },
};

export const unknownParameterIsRefused: Law = {
  name: 'an unknown parameter throws and is named',
  async check({ make }) {
    const refused = async () => make().withParams({ noSuchParameter: 1 } as never);
    const error = await demandRefusal(refused, 'an unknown parameter', InvalidParamError);
    demand(error.message.includes('noSuchParameter'), `the sentence must name it, received '${error.message}'`);
  },
};

export const invalidValuesAreRefused: Law = {
  name: 'a value that a parameter cannot have throws and the parameter is named',
  async check({ make }) {
    for (const name of Object.keys(make().params)) {
      const refused = async () => make().withParams({ [name]: HOSTILE } as never);
      const error = await demandRefusal(refused, `a symbol as ${name}`, InvalidParamError);
      demand(error.message.includes(name), `the sentence must name ${name}, received '${error.message}'`);
    }
  },
};

export const cloneIsUnfitted: Law = {
  name: 'clone gives an unfitted estimator of equal parameters',
  async check(probe) {
    const fitted = await probe.fit();
    const clone = fitted.clone();
    if (clone === fitted) return;
    demand(!clone.isFitted, 'a clone must not be fitted');
    demandSame(Object.keys(clone.getParams()), Object.keys(fitted.getParams()), 'names of parameters');
  },
};

export const classHasId: Law = {
  name: 'the class has a static id of its own, such as family/ClassName',
  async check({ make }) {
    const ownClass = make().constructor;
    const { id } = ownClass as unknown as { id: string };
    const hasOwn = Object.hasOwn(ownClass, 'id');
    demand(
      hasOwn && /^[\w-]+\/\w+$/.test(id),
      `add: static override readonly id = 'mine/${ownClass.name}', received '${id}'`,
    );
  },
};
