import type { EngineClient } from '../client.ts';
import { type BoundCommand, type CommandSpec, commandPath } from '../command.ts';
import type { ServiceMode } from '../engine/service-types.ts';
import { inspectService, updateService } from '../engine/services.ts';
import { CommandFailure, Failures, prefixFailure } from '../failure.ts';
import { flag } from '../flags/flag.ts';
import { toggle } from '../flags/types.ts';
import { readUint } from '../go/number.ts';
import { waitOnService } from '../progress/wait.ts';

export const scale: CommandSpec = {
  use: 'scale SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  short: 'Scale one or multiple replicated services',
  args: { atLeast: 1, check: checkSpecifiers },
  flags: [
    flag('detach', toggle, 'Exit immediately instead of waiting for the service to converge', {
      short: 'd',
      since: '1.29',
    }),
  ],
  run(context) {
    const { client, flags, args, output } = context;
    const failures = new Failures();
    const scaled: string[] = [];
    for (const specifier of args) {
      const [service, count] = cut(specifier);
      failures.attempt(() => {
        const replicas = readReplicas(count);
        const warnings = scaleService(client, service, replicas);
        for (const warning of warnings) output.errorLine(warning);
        output.line(`${service} scaled to ${replicas}`);
        scaled.push(service);
      }, `${service}: `);
    }
    if (!flags.bool('detach')) {
      for (const service of scaled) failures.attempt(() => waitOnService(context, service), `${service}: `);
    }
    failures.throwIfAny();
  },
};

function checkSpecifiers(args: readonly string[], command: BoundCommand): void {
  for (const specifier of args) {
    const [service, count] = cut(specifier);
    if (service !== '' && count !== '') continue;
    throw new CommandFailure(
      `invalid scale specifier '${specifier}'.\nSee '${commandPath(command)} --help'.\n\n` +
        `Usage:  ${command.parent} ${command.spec.use}\n\n${command.spec.short}`,
    );
  }
}

function cut(specifier: string): [string, string] {
  const at = specifier.indexOf('=');
  return at < 0 ? [specifier, ''] : [specifier.slice(0, at), specifier.slice(at + 1)];
}

function readReplicas(count: string): number {
  return prefixFailure(`invalid replicas value ${count}`, () => readUint(count, { base: 10, bits: 64 }));
}

function scaleService(client: EngineClient, reference: string, replicas: number): readonly string[] {
  const service = inspectService(client, reference);
  const spec = { ...service.Spec, Mode: scaledMode(service.Spec.Mode, replicas) };
  return updateService(client, { id: service.ID, version: service.Version.Index, spec, queryRegistry: false });
}

function scaledMode(mode: ServiceMode, replicas: number): ServiceMode {
  if (mode.Replicated) return { ...mode, Replicated: { Replicas: replicas } };
  if (mode.ReplicatedJob) return { ...mode, ReplicatedJob: { ...mode.ReplicatedJob, TotalCompletions: replicas } };
  throw new CommandFailure('scale can only be used with replicated or replicated-job mode');
}
