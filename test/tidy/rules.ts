/**
 * The rules of the house as data. `docs/internals/architecture.md` has the reasons; a new folder of `src` needs its line
 * in `FOLDERS` first.
 */

export interface FolderRule {
  readonly rank: number;
  /** The folders it may import, all of lower rank; `lower` stands for each of them. */
  readonly uses: readonly string[] | 'lower';
}

/** Everybody may use `base`; and `api`, which is the vocabulary, from the swarm upwards. */
export const FOLDERS: Readonly<Record<string, FolderRule>> = {
  base: { rank: 0, uses: [] },
  go: { rank: 0, uses: [] },
  sim: { rank: 1, uses: ['base'] },
  api: { rank: 1, uses: ['base', 'go'] },
  raft: { rank: 1, uses: ['base'] },
  network: { rank: 2, uses: ['base', 'sim'] },
  store: { rank: 2, uses: ['base', 'api'] },
  manager: { rank: 3, uses: ['base', 'store', 'raft', 'api', 'sim'] },
  agent: { rank: 3, uses: ['base', 'api', 'sim'] },
  traffic: { rank: 3, uses: ['base', 'api', 'sim'] },
  faults: { rank: 3, uses: ['base', 'network', 'api', 'sim'] },
  swarm: { rank: 4, uses: 'lower' },
  compose: { rank: 5, uses: ['base', 'go', 'api'] },
  'docker-api': { rank: 5, uses: ['base', 'go', 'api', 'manager', 'swarm'] },
  'docker-cli': { rank: 6, uses: ['base', 'go', 'api', 'compose', 'docker-api', 'swarm'] },
  evaluate: { rank: 6, uses: ['base', 'api', 'swarm', 'compose', 'faults', 'traffic', 'sim'] },
  'engine-api': { rank: 7, uses: ['base', 'docker-api', 'swarm'] },
  report: { rank: 7, uses: 'lower' },
  'fast-check': { rank: 7, uses: 'lower' },
  vitest: { rank: 7, uses: 'lower' },
  cli: { rank: 8, uses: 'lower' },
};

/** `src/index.ts` is the face of this rank and those below it. It is for users: nothing in `src` imports it. */
export const FACE_RANK = 4;

/** Where in `src` each package may be imported, as beginnings of paths. */
export const THIRD_PARTIES: Readonly<Record<string, readonly string[]>> = {
  immer: ['src/api/', 'src/store/', 'src/swarm/', 'src/evaluate/'],
  seedrandom: ['src/sim/random.ts'],
  yaml: ['src/compose/', 'src/evaluate/scenario'],
  'fast-check': ['src/fast-check/'],
  vitest: ['src/vitest/'],
  commander: ['src/cli/'],
  picocolors: ['src/cli/'],
};

/** The places that may talk to Node. All others run in a browser, too. */
export const NODE_ADAPTERS: readonly string[] = [
  'src/engine-api/listen',
  'src/evaluate/worker',
  'src/vitest/kept-trace',
  'src/cli/',
];

/** The places that live in real time. In all others a run depends on its seed alone. */
export const REAL_TIME_ADAPTERS: readonly string[] = [...NODE_ADAPTERS, 'src/engine-api/', 'src/vitest/'];

const CLOCK = 'time is virtual and passed in';
const CHANCE = 'chance comes from named streams';
const SYNCHRONOUS = 'the core is synchronous';
const LOCALE = 'the answer depends on the machine';
const ENGINE_MATH = 'engines differ in the last bits: use the arithmetic of sim';
const BROWSER = 'browsers have none';

/** Globals that the core may not name, unless the file declares the name itself. */
export const BANNED_GLOBALS: Readonly<Record<string, string>> = {
  performance: CLOCK,
  setTimeout: CLOCK,
  setInterval: CLOCK,
  setImmediate: CLOCK,
  crypto: CHANCE,
  queueMicrotask: SYNCHRONOUS,
  Promise: SYNCHRONOUS,
  Intl: LOCALE,
  process: BROWSER,
  Buffer: BROWSER,
  require: BROWSER,
  __dirname: BROWSER,
  console: 'the core says things in its trace',
};

/** Members that the core may not use: `Object.member`, or `.member` of whatever object. */
export const BANNED_MEMBERS: Readonly<Record<string, string>> = {
  'Date.now': CLOCK,
  'Math.random': CHANCE,
  ...Object.fromEntries(
    [
      'exp',
      'expm1',
      'log',
      'log1p',
      'log2',
      'log10',
      'pow',
      'cbrt',
      'hypot',
      'sin',
      'cos',
      'tan',
      'asin',
      'acos',
      'atan',
    ]
      .concat('atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh')
      .map((name) => [`Math.${name}`, ENGINE_MATH]),
  ),
  '.localeCompare': LOCALE,
  '.toLocaleString': LOCALE,
  '.toLocaleDateString': LOCALE,
  '.toLocaleTimeString': LOCALE,
  '.toLocaleLowerCase': LOCALE,
  '.toLocaleUpperCase': LOCALE,
  '.getTimezoneOffset': LOCALE,
  '.hrtime': CLOCK,
};

export const REASON_FOR_DATE = CLOCK;
export const REASON_FOR_ASYNC = SYNCHRONOUS;

export const MAX_LINES = 500;
