/** Tokens of what shows a finding, and the rollouts that they name. */
import { DryswarmError } from '../../base/index.ts';
import type { Stack } from '../../compose/index.ts';
import { stackEssence } from '../replay.ts';
import { digestOf, formatToken, type Replay, requireSame } from '../token.ts';
import { caseOf } from './battery.ts';
import type { Evidence } from './finding.ts';
import type { CheckOptions } from './options.ts';
import type { Rollout } from './rollout.ts';
import { subjectsOf } from './subjects.ts';

/** What the words of a token begin with, when a check has made it. */
const KIND = 'check/';

/** Writes the tokens of one check: the inputs are digested once. */
export function tokenWriter(stack: Stack, options: CheckOptions, version: string): (evidence: Evidence) => string {
  const digest = digestOf(inputsOf(stack, options));
  return ({ service, rollout, seed }) => formatToken({ version, digest, seed, what: `${KIND}${service}/${rollout}` });
}

export function isOfCheck({ what }: Replay): boolean {
  return what.startsWith(KIND);
}

/**
 * Plays the rollout of a token once more.
 * @throws DryswarmError (`other-version`, `other-input`, `invalid-token`) where it would be another one.
 */
export function replayCheck(
  replay: Replay,
  stack: Stack,
  { scenario, version }: Pick<CheckOptions, 'scenario'> & { readonly version: string },
): Rollout {
  const options = { ...(scenario && { scenario }), seed: replay.seed };
  requireSame(replay, version, inputsOf(stack, options));
  const [, service, id = ''] = /^check\/(.*)\/([^/]*)$/s.exec(replay.what) ?? [];
  const subject = subjectsOf(stack, options).find(({ name }) => name === service);
  const wanted = caseOf(id);
  if (subject && wanted) return subject.rollout(wanted);
  throw new DryswarmError('invalid-token', `this is no replay token: a check knows no rollout ${replay.what}`);
}

/** All that decides about the rollouts of a check, beside the seed. */
function inputsOf(stack: Stack, { scenario }: CheckOptions): unknown {
  return { stack: stackEssence(stack), cluster: scenario?.cluster ?? null, images: scenario?.images ?? null };
}
