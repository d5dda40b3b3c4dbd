import { LABEL_IMAGE } from '../../compose/index.ts';
import type { CommandContext } from '../command.ts';
import type { Service, ServiceSpec } from '../engine/service-types.ts';
import { createService, listServices, updateService } from '../engine/services.ts';
import { prefixFailure } from '../failure.ts';
import { NO_CREDENTIALS } from '../registry-auth.ts';
import { ofStack } from './stack-name.ts';

/** Creates or updates each service in turn and returns their IDs. */
export function deployServices(
  { client, flags, output }: CommandContext,
  stack: string,
  specs: readonly ServiceSpec[],
): string[] {
  const existing = listServices(client, { filters: ofStack(stack) });
  const auth = flags.bool('with-registry-auth') ? NO_CREDENTIALS : '';
  const resolution = flags.string('resolve-image', 'always');
  return specs.map((spec) => {
    const service = existing.find((candidate) => candidate.Spec.Name === spec.Name);
    if (!service) {
      output.line(`Creating service ${spec.Name}`);
      return prefixFailure(`failed to create service ${spec.Name}`, () => {
        // Warnings about a new service are not shown.
        return createService(client, { spec, queryRegistry: resolution !== 'never', auth }).ID;
      });
    }
    output.line(`Updating service ${spec.Name} (id: ${service.ID})`);
    const warnings = prefixFailure(`failed to update service ${spec.Name}`, () =>
      updateService(client, {
        id: service.ID,
        version: service.Version.Index,
        auth,
        ...resolveUpdate(spec, service, resolution),
      }),
    );
    for (const warning of warnings) output.errorLine(warning);
    return service.ID;
  });
}

/** An image that is written as before keeps the digest that the service has, unless it is to be looked up again. */
function resolveUpdate(
  spec: ServiceSpec,
  service: Service,
  resolution: string,
): { spec: ServiceSpec; queryRegistry: boolean } {
  const { ForceUpdate, ContainerSpec } = service.Spec.TaskTemplate;
  const container = spec.TaskTemplate.ContainerSpec!;
  const isUnchanged = container.Image === service.Spec.Labels?.[LABEL_IMAGE];
  const keepsDigest = resolution !== 'always' && isUnchanged;
  const Image = keepsDigest ? (ContainerSpec?.Image ?? '') : container.Image;
  return {
    // Deploying has no `--force` of its own: the counter stays, or every task would be replaced.
    spec: { ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate, ContainerSpec: { ...container, Image } } },
    queryRegistry: resolution === 'always' || (resolution === 'changed' && !isUnchanged),
  };
}
