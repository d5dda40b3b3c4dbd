/** The blocks of a spec that `service create` and `service update` read from the same flags in the same way. */

import type { UpdateConfig } from '../engine/service-types.ts';
import type { GenericResource, RestartPolicy, TaskSpec } from '../engine/task-types.ts';
import { CommandFailure } from '../failure.ts';
import type { Flags } from '../flags/flag.ts';
import { keyValues } from '../flags/types.ts';
import { readInt } from '../go/number.ts';
import { defaultRestartPolicy, defaultUpdateConfig } from './defaults.ts';

/** `existing`, changed by the flags that begin with `update-` or `rollback-`; none of them given leaves it alone. */
export function mergeUpdateConfig(
  existing: UpdateConfig | null,
  flags: Flags,
  prefix: 'update' | 'rollback',
): UpdateConfig | null {
  const names = ['parallelism', 'delay', 'monitor', 'failure-action', 'max-failure-ratio', 'order'];
  if (!flags.changed(...names.map((name) => `${prefix}-${name}`))) return existing;
  const base = existing ?? defaultUpdateConfig();
  return {
    Parallelism: flags.number(`${prefix}-parallelism`) ?? base.Parallelism,
    Delay: flags.number(`${prefix}-delay`) ?? base.Delay,
    FailureAction: flags.string(`${prefix}-failure-action`, base.FailureAction),
    Monitor: flags.number(`${prefix}-monitor`) ?? base.Monitor,
    MaxFailureRatio: flags.number(`${prefix}-max-failure-ratio`) ?? base.MaxFailureRatio,
    Order: flags.string(`${prefix}-order`, base.Order),
  };
}

export function mergeRestartPolicy(existing: RestartPolicy | null, flags: Flags): RestartPolicy | null {
  if (!flags.changed('restart-condition', 'restart-delay', 'restart-max-attempts', 'restart-window')) return existing;
  const base = existing ?? defaultRestartPolicy();
  return {
    Condition: flags.string('restart-condition', base.Condition),
    Delay: flags.number('restart-delay') ?? base.Delay,
    MaxAttempts: flags.number('restart-max-attempts') ?? base.MaxAttempts,
    Window: flags.number('restart-window') ?? base.Window,
  };
}

/** Options without a driver are dropped. */
export function mergeLogDriver(existing: TaskSpec['LogDriver'], flags: Flags): TaskSpec['LogDriver'] {
  const Name = flags.string('log-driver');
  return Name === '' ? existing : { Name, Options: keyValues(flags.list('log-opt')) };
}

/** `kind=count` texts; a service can only ask for counts (docker/cli cli/command/service/generic_resource_opts.go). */
export function readGenericResources(texts: readonly string[]): GenericResource[] {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    const parts = text.split('=');
    if (parts.length !== 2) throw unparsable(`incorrect term ${text}, missing '=' or malformed expression`);
    const kind = parts[0]!.trim();
    const value = parts[1]!.trim();
    values.set(kind, [...(values.get(kind) ?? []), value]);
  }
  return [...values].map(([Kind, given]) => readGenericResource(Kind, given));
}

function readGenericResource(Kind: string, given: readonly string[]): GenericResource {
  const counts = given.filter((value) => /^[+-]?\d+$/.test(value));
  if (counts.length === 0) {
    throw new CommandFailure(
      `invalid generic-resource request \`${Kind}=${given[0]}\`, Named Generic Resources is not supported for service create or update`,
    );
  }
  if (given.length > 1)
    throw unparsable(`mixed discrete and named resources in expression '${Kind}=[${given.join(' ')}]'`);
  const Value = readInt(given[0]!, { base: 10, bits: 64 });
  if (Value < 0) throw unparsable(`cannot ask for negative resource ${Kind}`);
  return { NamedResourceSpec: null, DiscreteResourceSpec: { Kind, Value } };
}

function unparsable(reason: string): CommandFailure {
  return new CommandFailure(`invalid generic resource specification: could not parse GenericResource: ${reason}`);
}
