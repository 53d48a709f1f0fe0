export { gruSequence } from './gru.ts';
export { lstmSequence } from './lstm.ts';
export { type RnnActivation, rnnSequence } from './rnn.ts';
