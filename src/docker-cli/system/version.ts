import type { CommandSpec } from '../command.ts';
import { CommandFailure } from '../failure.ts';
import { inspectFormat } from '../flags/shared.ts';
import { formatAnsic } from '../go/time.ts';
import { bool, type Decoded, decode, map, omit, pointer, slice, struct, text } from '../go/type.ts';
import { typedValue } from '../template/value.ts';
import { alignColumns } from '../text/table.ts';
import { clientVersion, describeClient } from './client-version.ts';
import { compileSystemFormat, printTemplate } from './print-template.ts';

const component = struct('types.ComponentVersion', { Name: text, Version: text, Details: omit(map(text)) });
type Component = Decoded<typeof component>;

const serverVersion = struct(
  'types.Version',
  {
    Platform: struct('struct { Name string }', { Name: text }),
    Components: omit(slice(component)),
    Version: text,
    ApiVersion: text,
    MinAPIVersion: omit(text),
    GitCommit: text,
    GoVersion: text,
    Os: text,
    Arch: text,
    KernelVersion: omit(text),
    Experimental: omit(bool),
    BuildTime: omit(text),
  },
  { goNames: { ApiVersion: 'APIVersion' } },
);
type ServerVersion = Decoded<typeof serverVersion>;

const versions = struct('system.versionInfo', { Client: clientVersion, Server: pointer(serverVersion) });
type Versions = Decoded<typeof versions>;

const LAYOUT = { minimumWidth: 20, padding: 1 };

export const version: CommandSpec = {
  use: 'version [OPTIONS]',
  short: 'Show the Docker version information',
  args: { exactly: 0 },
  flags: [inspectFormat],
  run({ client, flags, output }) {
    const format = flags.string('format');
    const template = format === '' ? undefined : compileSystemFormat(format, 'version');
    const { Server, failure } = askServer(() => client.get('/version'));
    const both: Versions = { Client: describeClient(client.version), Server };
    if (template) printTemplate(output, template, typedValue(versions, both));
    else output.out(alignColumns(`${textOf(both)}\n`, LAYOUT));
    if (failure) throw failure;
  },
};

/** The client's part is printed even where the server does not answer. */
function askServer(ask: () => unknown): { Server: ServerVersion | null; failure?: CommandFailure } {
  try {
    return { Server: withEngine(decode(serverVersion, ask())) };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { Server: null, failure: error };
  }
}

/** Old daemons do not list themselves among their components. */
function withEngine(server: ServerVersion): ServerVersion {
  const components = (server.Components ?? []).map((item) =>
    item.Name === 'Engine' && item.Details?.BuildTime !== undefined
      ? { ...item, Details: { ...item.Details, BuildTime: formatAnsic(item.Details.BuildTime) } }
      : item,
  );
  if (components.some(({ Name }) => Name === 'Engine')) return { ...server, Components: components };
  const engine: Component = {
    Name: 'Engine',
    Version: server.Version,
    Details: {
      ApiVersion: server.ApiVersion,
      MinAPIVersion: server.MinAPIVersion,
      GitCommit: server.GitCommit,
      GoVersion: server.GoVersion,
      Os: server.Os,
      Arch: server.Arch,
      BuildTime: formatAnsic(server.BuildTime),
      Experimental: String(server.Experimental),
    },
  };
  return { ...server, Components: [...components, engine] };
}

function textOf({ Client, Server }: Versions): string {
  const downgraded =
    Client.ApiVersion === Client.DefaultAPIVersion ? '' : ` (downgraded from ${Client.DefaultAPIVersion})`;
  const lines = [
    'Client:',
    ` Version:\t${Client.Version}`,
    ` API version:\t${Client.ApiVersion}${downgraded}`,
    ` Go version:\t${Client.GoVersion}`,
    ` Git commit:\t${Client.GitCommit}`,
    ` Built:\t${Client.BuildTime}`,
    ` OS/Arch:\t${Client.Os}/${Client.Arch}`,
    ` Context:\t${Client.Context}`,
  ];
  if (!Server) return lines.join('\n');
  const platform = Server.Platform.Name === '' ? '' : ` ${Server.Platform.Name}`;
  return [...lines, '', `Server:${platform}`, ...(Server.Components ?? []).flatMap(componentLines)].join('\n');
}

function componentLines({ Name, Version, Details }: Component): string[] {
  const details = Details ?? {};
  if (Name !== 'Engine') {
    const others = Object.keys(details).sort();
    return [` ${Name}:`, `  Version:\t${Version}`, ...others.map((key) => `  ${key}:\t${details[key]}`)];
  }
  const of = (key: string) => details[key] ?? '';
  return [
    ' Engine:',
    `  Version:\t${Version}`,
    `  API version:\t${of('ApiVersion')} (minimum version ${of('MinAPIVersion')})`,
    `  Go version:\t${of('GoVersion')}`,
    `  Git commit:\t${of('GitCommit')}`,
    `  Built:\t${of('BuildTime')}`,
    `  OS/Arch:\t${of('Os')}/${of('Arch')}`,
    `  Experimental:\t${of('Experimental')}`,
  ];
}
