/** What is claimed of every run of random scenarios, moment by moment. */
import fc from 'fast-check';
import { DryswarmError, type Instant } from '../base/index.ts';
import { excerpt, formatInstant, type Swarm, timelineOf } from '../swarm/index.ts';
import type { Scenario } from './scenario/scenario.ts';

type Condition = (swarm: Swarm) => boolean;

export interface Claim {
  readonly kind: 'always' | 'eventually' | 'sometimes';
  /** What is claimed, in words. */
  readonly text: string;
  readonly holds: Condition;
  /** What has to be the case for the claim to say anything. */
  readonly when: Condition | undefined;
}

export interface ClaimOptions {
  /** The claim is about the moments at which this holds; for `eventually`: from the first of them on. Default: all. */
  readonly when?: Condition;
}

/** At every moment. */
export function always(text: string, holds: Condition, { when }: ClaimOptions = {}): Claim {
  return { kind: 'always', text, holds, when };
}

/** At some moment, before the run ends. */
export function eventually(text: string, holds: Condition, { when }: ClaimOptions = {}): Claim {
  return { kind: 'eventually', text, holds, when };
}

/** At some moment of some run: the scenarios are able to show what the other claims are about. */
export function sometimes(text: string, holds: Condition): Claim {
  return { kind: 'sometimes', text, holds, when: undefined };
}

/**
 * Runs random scenarios and holds them against claims, at every moment from the first step on. A claim that never had
 * anything to say is an error too: what it is about did not happen in any run.
 *
 * @throws the error of `fc.assert`, with the smallest scenario in which a claim is broken; DryswarmError (`vacuous`).
 *
 * @example
 * assertClaims(scenarios({ faults: ['image-fails'] }), [
 *   always('somebody answers', (swarm) => swarm.service('web').running > 0),
 *   sometimes('a release fails', (swarm) => swarm.service('web').updateStatus?.state === 'paused'),
 * ]);
 */
export function assertClaims(
  scenarios: fc.Arbitrary<Scenario>,
  claims: readonly Claim[],
  parameters?: fc.Parameters<[Scenario]>,
): void {
  const spoken = new Set<Claim>();
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const watches = claims.map((claim) => new Watch(claim));
      const observe = (now: Swarm) => {
        for (const watch of watches) watch.observe(now);
      };
      const { swarm } = scenario.run({ observe });
      for (const watch of watches) {
        watch.end(swarm);
        if (watch.hasSpoken) spoken.add(watch.claim);
      }
    }),
    parameters,
  );
  const silent = claims.filter((claim) => !spoken.has(claim));
  if (silent.length === 0) return;
  throw new DryswarmError(
    'vacuous',
    `no run showed what was claimed:\n${silent.map(({ kind, text }) => `  ${kind} ${text}`).join('\n')}`,
    'draw other scenarios or more of them, or look whether the condition can hold at all',
  );
}

/** One claim about one run. */
class Watch {
  readonly claim: Claim;
  #spokeAt: Instant | undefined;
  #held = false;

  constructor(claim: Claim) {
    this.claim = claim;
  }

  /** Whether there was a moment that it is about. */
  get hasSpoken(): boolean {
    return this.claim.kind === 'sometimes' ? this.#held : this.#spokeAt !== undefined;
  }

  observe(swarm: Swarm): void {
    const { kind, holds, when } = this.claim;
    if (this.#held && kind !== 'always') return;
    const isMeant = when === undefined || (kind === 'eventually' && this.#spokeAt !== undefined) || when(swarm);
    if (!isMeant) return;
    this.#spokeAt ??= swarm.now;
    this.#held = holds(swarm);
    if (kind === 'always' && !this.#held)
      throw broken(`it does not hold at ${formatInstant(swarm.now)}`, this.claim, swarm, swarm.now);
  }

  end(swarm: Swarm): void {
    if (this.claim.kind !== 'eventually' || this.#spokeAt === undefined || this.#held) return;
    const since = formatInstant(this.#spokeAt);
    throw broken(`it never held from ${since} to ${formatInstant(swarm.now)}`, this.claim, swarm, swarm.now);
  }
}

function broken(how: string, { kind, text }: Claim, swarm: Swarm, at: Instant): DryswarmError {
  const lines = excerpt(timelineOf(swarm.trace.records), { from: at, until: at });
  return new DryswarmError('claim-broken', [`${kind} ${text}: ${how}`, ...lines.map((line) => `  ${line}`)].join('\n'));
}
