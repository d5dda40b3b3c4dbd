import type { Engine } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import {
  type ComposeConfig,
  convertConfigs,
  convertNetworks,
  convertSecrets,
  convertService,
  type FindIds,
  isUserDefined,
} from '../../compose/index.ts';
import { quote } from '../../go/index.ts';
import { unlessNotFound } from '../client.ts';
import type { CommandContext } from '../command.ts';
import {
  inspectNetwork,
  inspectStoredText,
  listNetworks,
  listStoredTexts,
  type StoredTextKind,
} from '../engine/objects.ts';
import { type ServiceSpec, serviceSpec } from '../engine/service-types.ts';
import { listServices } from '../engine/services.ts';
import { CommandFailure, Failures, prefixFailure } from '../failure.ts';
import { decode } from '../go/type.ts';
import { waitOnService } from '../progress/wait.ts';
import { deployServices } from './deploy-services.ts';
import { removeServices } from './remove-objects.ts';
import { ofStack } from './stack-name.ts';

/**
 * Brings a stack to what the files say, in docker's order: networks, secrets, configs, services; nothing is undone when
 * a step fails (docker/cli cli/command/stack/deploy_composefile.go). Where docker follows the random order of a map,
 * names are sorted.
 */
export function deployStack(context: CommandContext, stack: string, config: ComposeConfig): void {
  const { client, flags } = context;
  const readFile = (path: string) => context.findFile(path);
  if (flags.bool('prune')) pruneServices(context, stack, config);
  const { create, external } = convertNetworks(config, stack);
  for (const name of external) checkExternalNetwork(context, name);
  createNetworks(context, stack, create);
  storeTexts(context, 'secrets', convertSecrets(config, stack, readFile));
  storeTexts(context, 'configs', convertConfigs(config, stack, readFile));
  const find = (kind: StoredTextKind): FindIds => {
    return (names) => new Map(listStoredTexts(client, kind, { name: names }).map(({ ID, Spec }) => [Spec.Name, ID]));
  };
  const options = { namespace: stack, findSecrets: find('secrets'), findConfigs: find('configs') };
  const services = Object.keys(config.services)
    .sort(compareText)
    .map((name): ServiceSpec => decode(serviceSpec, convertService(config, name, options)));
  const ids = deployServices(context, stack, services);
  if (flags.bool('detach', true)) return;
  const failures = new Failures();
  for (const id of ids) failures.attempt(() => waitOnService(context, id, { quiet: flags.bool('quiet') }), `${id}: `);
  failures.throwIfAny();
}

function pruneServices(context: CommandContext, stack: string, config: ComposeConfig): void {
  const existing = listServices(context.client, { filters: ofStack(stack) });
  const prefix = `${stack}_`;
  const shortName = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  removeServices(
    context,
    existing.filter(({ Spec }) => !Object.hasOwn(config.services, shortName(Spec.Name))),
  );
}

function checkExternalNetwork({ client }: CommandContext, name: string): void {
  if (!isUserDefined(name)) return;
  const declared = `network ${quote(name)} is declared as external, but`;
  const network = unlessNotFound(() => inspectNetwork(client, name));
  if (!network) {
    throw new CommandFailure(
      `${declared} could not be found. You need to create a swarm-scoped network before the stack is deployed`,
    );
  }
  if (network.Scope !== 'swarm') {
    throw new CommandFailure(`${declared} it is not in the right scope: ${quote(network.Scope)} instead of "swarm"`);
  }
}

/** Networks that exist are left as they are. */
function createNetworks(
  { client, output }: CommandContext,
  stack: string,
  requests: readonly Engine.NetworkCreateRequest[],
): void {
  const existing = listNetworks(client, ofStack(stack)).map(({ Name }) => Name);
  for (const request of requests) {
    if (existing.includes(request.Name)) continue;
    output.line(`Creating network ${request.Name}`);
    prefixFailure(`failed to create network ${request.Name}`, () => client.post('/networks/create', { body: request }));
  }
}

/** A secret or config that exists is updated, though the daemon takes nothing but new labels. */
function storeTexts(
  { client, output }: CommandContext,
  kind: StoredTextKind,
  specs: readonly (Engine.SecretSpec | Engine.ConfigSpec)[],
): void {
  const noun = kind === 'secrets' ? 'secret' : 'config';
  for (const spec of specs) {
    const name = spec.Name ?? '';
    const existing = unlessNotFound(() => inspectStoredText(client, kind, name));
    if (!existing) {
      output.line(`Creating ${noun} ${name}`);
      prefixFailure(`failed to create ${noun} ${name}`, () => client.post(`/${kind}/create`, { body: spec }));
      continue;
    }
    const query = { version: String(existing.Version.Index) };
    prefixFailure(`failed to update ${noun} ${name}`, () =>
      client.post(`/${kind}/${existing.ID}/update`, { query, body: spec }),
    );
  }
}
