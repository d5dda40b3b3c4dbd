/** One rehearsal as a story: what happened when, from the deployment on. */

import { type Cause, causesOf, type Rehearsal, type ServiceResult } from '../evaluate/index.ts';
import type { Injection } from '../faults/index.ts';
import { formatInstant, formatTimeline, timelineOf } from '../swarm/index.ts';

/** `title`: what it was a rehearsal of. */
export function replayText(title: string, rehearsal: Rehearsal): string {
  const { services, injections, underWay, deployedAt, seed, swarm } = rehearsal;
  const records = swarm.trace.records.filter(({ at }) => at >= deployedAt);
  return [
    `${title}, seed ${seed}`,
    `deployed at ${formatInstant(deployedAt)}`,
    ...injections.map(injectionText),
    '',
    formatTimeline(timelineOf(records)),
    '',
    ...services.map(serviceText),
    ...underWay.map((line) => `under way: ${line}`),
    ...causesOf(swarm.trace.records)
      .filter(({ at }) => at >= deployedAt)
      .flatMap(causeText),
  ].join('\n');
}

function injectionText({ name, text, fate, at, until, targets }: Injection): string {
  if (fate === 'expired') return `fault ${name}: ${text}: its moment did not come`;
  const when = `at ${formatInstant(at!)}${until === undefined ? '' : ` to ${formatInstant(until)}`}`;
  return `fault ${name}: ${text} ${when}: ${fate === 'applied' ? targets.join(', ') : 'found nothing to strike'}`;
}

/** What happened that a reader may not have expected, and the rule behind it. */
function causeText({ text, rule }: Cause): string[] {
  return [`why: ${text}`, `     ${rule}`];
}

function serviceText({ service, outcome, atRest, lowestRunning, exposure, failures, wanted }: ServiceResult): string {
  const figures = [
    ...(lowestRunning === undefined ? [] : [`lowest running ${lowestRunning} of ${wanted}`]),
    `ran the new version ${exposure} of ${wanted}`,
    `failed tasks ${failures}`,
    ...(atRest ? [] : ['not at rest']),
  ];
  return `${service}: ${outcome}; ${figures.join(', ')}`;
}
