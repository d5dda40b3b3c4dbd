import type { CommandContext, CommandSpec } from '../command.ts';
import type { CredentialSpec } from '../engine/container-types.ts';
import type { ServiceSpec } from '../engine/service-types.ts';
import { createService } from '../engine/services.ts';
import { waitOnService } from '../progress/wait.ts';
import { NO_CREDENTIALS } from '../registry-auth.ts';
import { createFlags } from './create-flags.ts';
import { specFromFlags } from './create-spec.ts';
import type { TextUse } from './flag-types/reference.ts';
import { configReferences, secretReferences } from './references.ts';

export const create: CommandSpec = {
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new service',
  args: { atLeast: 1 },
  interspersed: false,
  flags: createFlags,
  run(context) {
    const { client, flags, output } = context;
    const spec = withReferences(context, specFromFlags(context));
    const { ID, Warnings } = createService(client, {
      spec,
      queryRegistry: !flags.bool('no-resolve-image'),
      auth: flags.bool('with-registry-auth') ? NO_CREDENTIALS : '',
    });
    for (const warning of Warnings ?? []) output.errorLine(warning);
    output.line(ID);
    if (!flags.bool('detach')) waitOnService(context, ID, { quiet: flags.bool('quiet') });
  },
};

/** Secrets and configs by ID, and the credential spec that is one of the configs. */
function withReferences({ client, flags }: CommandContext, spec: ServiceSpec): ServiceSpec {
  const container = spec.TaskTemplate.ContainerSpec!;
  const credential = flags.get<CredentialSpec>('credential-spec');
  const Secrets = secretReferences(client, flags.get<readonly TextUse[]>('secret') ?? []);
  const Configs = configReferences(client, flags.get<readonly TextUse[]>('config') ?? [], credential?.Config);
  const used = Configs.find((reference) => reference.ConfigName === credential?.Config);
  const privileges = container.Privileges;
  const Privileges =
    privileges?.CredentialSpec && used
      ? { ...privileges, CredentialSpec: { ...privileges.CredentialSpec, Config: used.ConfigID } }
      : privileges;
  return {
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...container, Secrets, Configs, Privileges } },
  };
}
