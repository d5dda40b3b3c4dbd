/** What is to be rehearsed, from what the user names. */
import { dirname, isAbsolute, join } from 'node:path';
import { imageReference } from '../agent/index.ts';
import { compareText, DryswarmError } from '../base/index.ts';
import { formatPosition, type Stack } from '../compose/index.ts';
import { type Inputs, placed, readScenario, type Scenario, standardBattery, type Variant } from '../evaluate/index.ts';
import { loadStack, readText, requireReadable } from './files.ts';

export interface InputOptions {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly fromB?: readonly string[];
  readonly toB?: readonly string[];
  readonly scenario?: string;
  readonly stack?: string;
  readonly label?: string;
  readonly labelB?: string;
}

export interface LoadedInputs extends Inputs {
  readonly variants: readonly Variant[];
  readonly scenarios: readonly Scenario[];
  /** What the files say that Swarm takes otherwise, once each. */
  readonly warnings: readonly string[];
  /** The words of a command line that name the same again. */
  readonly words: readonly string[];
}

const DEFAULT_STACK = 'stack';

/**
 * Files that the options name come before those that the scenario names.
 * @throws DryswarmError
 */
export function loadInputs(options: InputOptions): LoadedInputs {
  const scenario =
    options.scenario === undefined ? undefined : readScenario(readText(options.scenario), options.scenario);
  const stacks = stacksOf(options, scenario);
  const labels = [options.label ?? 'A', options.labelB ?? 'B'];
  const variants = stacks.map((release, index): Variant => ({ label: labels[index]!, release }));
  const running = imagesOf(stacks.map(({ from }) => from));
  const next = imagesOf(stacks.map(({ to }) => to));
  const used = new Set([...running, ...next]);
  if (scenario) requireUse(scenario, used);
  return {
    variants,
    scenarios: scenario ? [scenario] : standardBattery([...next].filter((image) => !running.has(image))),
    warnings: warningsOf(stacks.flatMap(({ from, to }) => [from, to])),
    words: wordsOf(options),
  };
}

interface Stacks {
  readonly from: Stack;
  readonly to: Stack;
}

function stacksOf(options: InputOptions, scenario: Scenario | undefined): readonly Stacks[] {
  const own = filesOf(options.scenario, scenario);
  const name = options.stack ?? scenario?.files?.stack ?? DEFAULT_STACK;
  const from = loadStack(required(options.from ?? own?.from, '--from', 'run now'), name);
  const to = loadStack(required(options.to ?? own?.to, '--to', 'are deployed next'), name);
  const { fromB, toB } = options;
  if (!fromB && !toB) return [{ from, to }];
  return [
    { from, to },
    { from: fromB ? loadStack(fromB, name) : from, to: toB ? loadStack(toB, name) : to },
  ];
}

/** The files that a scenario names, from its own place on. */
function filesOf(path: string | undefined, scenario: Scenario | undefined) {
  const files = scenario?.files;
  if (!files || path === undefined) return undefined;
  const place = dirname(path);
  const fromThere = (key: 'from' | 'to') =>
    files[key].map((name, index) => {
      const there = isAbsolute(name) ? name : join(place, name);
      requireReadable(there, (error) => placed(error, scenario, [key, index]));
      return there;
    });
  return { from: fromThere('from'), to: fromThere('to') };
}

function required(files: readonly string[] | undefined, option: string, what: string): readonly string[] {
  if (files) return files;
  throw new DryswarmError('no-files', `no files ${what}`, `name them with ${option}, or in the scenario`);
}

/** An image that none of the files uses is a slip of the pen. */
function requireUse(scenario: Scenario, used: ReadonlySet<string>): void {
  for (const image of Object.keys(scenario.images)) {
    if (used.has(imageReference(image).text)) continue;
    const hint = `they use: ${[...used].sort(compareText).join(', ')}`;
    const error = new DryswarmError('unknown-image', `image ${image} is used by none of the files`, hint);
    throw placed(error, scenario, ['images', image]);
  }
}

function imagesOf(stacks: readonly Stack[]): Set<string> {
  return new Set(
    stacks.flatMap(({ services }) => services.map(({ task }) => imageReference(task.container.image).text)),
  );
}

function warningsOf(stacks: readonly Stack[]): readonly string[] {
  const texts = stacks.flatMap(({ diagnostics }) =>
    diagnostics.map(({ at, message, remedy }) => `${formatPosition(at)}: warning: ${message}\n  ${remedy}`),
  );
  return [...new Set(texts)];
}

/** The options that name the same inputs again. */
export function wordsOf({ from, to, fromB, toB, scenario, stack, label, labelB }: InputOptions): readonly string[] {
  const words = [
    ['--from', from],
    ['--to', to],
    ['--from-b', fromB],
    ['--to-b', toB],
    ['--scenario', scenario === undefined ? undefined : [scenario]],
    ['--label', label === undefined ? undefined : [label]],
    ['--label-b', labelB === undefined ? undefined : [labelB]],
    ['--stack', stack === undefined || stack === DEFAULT_STACK ? undefined : [stack]],
  ] as const;
  return words.flatMap(([option, values]) => (values ? [option, ...values.map(quoted)] : []));
}

/** For a shell. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
