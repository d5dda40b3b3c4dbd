const MORE_WORK = 'does the same in more steps';
const TOTAL = 'no two items are equal';
const LUCK = 'the luck has another name, and is as good';

/** Why a mutant that nothing catches may live on, by its id. What is not here has to be caught. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  // Nothing that can be observed is another.
  '6f132678': 'a worker has one timer, and nobody asks for its name',
  '5d9fe239': 'a worker that takes the next slot follows no task',
  '57bf196d': 'a timer of no time sets a flag that is set already',
  '5c68c950': 'a process that writes gets no input any more',
  bb332f0f: 'a second process would wait beside the first, and find the task shut down',
  '99248e89': 'a second process would wait beside the first, and find the task shut down',
  '8369f586': 'every caller has looked at the desired state before',
  '1bbc04fe': 'ranks differ by whole numbers',
  '0752650a': MORE_WORK,
  '49984ddf': MORE_WORK,
  '86f078f0': MORE_WORK,
  '5685b810': MORE_WORK,
  '205f7b38': MORE_WORK,
  d37e4310: MORE_WORK,
  '9a359f70': TOTAL,
  a0618f7b: 'draws one number more of a stream, of one',
  '189a2ba5': 'only a leader reads what is noted there, and it begins anew',
  '52443f08': 'it is counted before anybody looks',
  a9272fad: 'the ranks of nodes that are not compared have any tie',
  '4d80b5aa': 'any phase after that of the ends will do',
  '9c698d17': LUCK,
  b913b0e0: LUCK,

  // No test looks so closely.
  '9ce3f383': 'equal nodes are taken in another order, which is as good',
  '4b9f8fdb': 'tests of whole swarms look at how tasks were spread',
  '8713d320': 'a delay of one microsecond: no test looks so closely',
  b9e887b5: 'a delay of one microsecond: no test looks so closely',
};
