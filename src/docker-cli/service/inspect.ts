import { type EngineClient, unlessNotFound } from '../client.ts';
import type { CommandSpec } from '../command.ts';
import { inspectNetwork } from '../engine/objects.ts';
import { type Service, service as serviceType } from '../engine/service-types.ts';
import { inspectService } from '../engine/services.ts';
import { CommandFailure } from '../failure.ts';
import { inspectFormat, pretty } from '../flags/shared.ts';
import { inspect as inspectAll } from '../text/inspect.ts';
import { renderService } from './inspect-view.ts';

export const inspect: CommandSpec = {
  use: 'inspect [OPTIONS] SERVICE [SERVICE...]',
  short: 'Display detailed information on one or more services',
  args: { atLeast: 1 },
  flags: [inspectFormat, pretty],
  run({ client, flags, args, output, now }) {
    if (flags.bool('pretty') && flags.string('format') !== '') {
      throw new CommandFailure('--format is incompatible with human friendly format');
    }
    const format = flags.bool('pretty') ? 'pretty' : flags.string('format');
    if (format.startsWith('pretty') && format !== 'pretty') {
      throw new CommandFailure('Cannot supply extra formatting options to the pretty template');
    }
    const find = (reference: string) => findService(client, reference);
    if (format !== 'pretty') {
      inspectAll(args, { type: serviceType, format: format.replace(/^raw/, ''), output, find });
      return;
    }
    const texts = args.map((reference) => {
      const service = find(reference);
      return `${renderService({ service, networkNames: namesOfNetworks(client, service), now: now() })}\n`;
    });
    output.out(texts.join(''));
  },
};

function findService(client: EngineClient, reference: string): Service {
  const service = unlessNotFound(() => inspectService(client, reference, { insertDefaults: true }));
  if (!service) throw new CommandFailure(`Error: no such service: ${reference}`);
  return service;
}

/** A network that cannot be looked up is shown by its ID. */
function namesOfNetworks(client: EngineClient, service: Service): Map<string, string> {
  const names = new Map<string, string>();
  for (const { Target } of service.Spec.TaskTemplate.Networks ?? []) {
    try {
      const network = inspectNetwork(client, Target, 'swarm');
      names.set(network.Id, network.Name);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
    }
  }
  return names;
}
