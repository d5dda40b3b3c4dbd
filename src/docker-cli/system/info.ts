import type { CommandSpec } from '../command.ts';
import { type Info, info as infoType, systemInfo } from '../engine/info.ts';
import { CommandFailure } from '../failure.ts';
import { inspectFormat } from '../flags/shared.ts';
import {
  any,
  bool,
  type Decoded,
  decode,
  type GoType,
  omit,
  pointer,
  slice,
  struct,
  text,
  zeroOf,
} from '../go/type.ts';
import { executeTemplate } from '../template/execute.ts';
import { typedValue } from '../template/value.ts';
import { CLIENT_FIELDS, CLIENT_TRAITS, describeClient } from './client-version.ts';
import { renderInfo } from './info-view.ts';
import { compileSystemFormat, printTemplate } from './print-template.ts';

const clientInfo = struct(
  'system.clientInfo',
  { Debug: bool, ...CLIENT_FIELDS, Plugins: slice(any), Warnings: slice(text) },
  CLIENT_TRAITS,
);

const clientPart = struct('system.sparseInfo', { ClientInfo: pointer(clientInfo) });

const serverErrors = struct('', { ServerErrors: omit(slice(text)) });

/** The server's answer with what the client adds. */
const wholeInfo: GoType<unknown> = {
  kind: 'struct',
  name: 'system.dockerInfo',
  fields: [...infoType.fields!, ...serverErrors.fields!, ...clientPart.fields!],
};

export const info: CommandSpec = {
  use: 'info [OPTIONS]',
  short: 'Display system-wide information',
  otherPaths: ['docker system info', 'docker info'],
  args: { exactly: 0 },
  flags: [inspectFormat],
  run({ client, flags, output }) {
    const format = flags.string('format');
    const ClientInfo = { ...decode(clientInfo, { Debug: false, Plugins: [] }), ...describeClient('') };
    if (format === '') {
      const { server, failure } = ask(() => systemInfo(client));
      const { text: shown, warnings } = renderInfo(ClientInfo, server);
      output.out(shown);
      for (const warning of warnings) output.errorLine(warning);
      if (!failure) return;
      output.errorLine(`ERROR: ${failure.message}`);
      throw new CommandFailure('errors pretty printing info');
    }
    const ofClient = renderOfClient(format, { ClientInfo });
    if (ofClient !== undefined) {
      output.line(ofClient);
      return;
    }
    const { server, failure } = ask(() => systemInfo(client));
    if (failure) output.errorLine(failure.message);
    const template = compileSystemFormat(format);
    const ServerErrors = failure ? [failure.message] : [];
    const whole = { ...(server ?? zeroOf(infoType)), ServerErrors, ClientInfo };
    printTemplate(output, template, typedValue(wholeInfo, whole));
  },
};

function ask(request: () => Info): { server?: Info; failure?: CommandFailure } {
  try {
    return { server: request() };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { failure: error };
  }
}

/** A template that the client's own facts satisfy is answered without a call. */
function renderOfClient(format: string, part: Decoded<typeof clientPart>): string | undefined {
  if (!/\.[a-zA-Z]/.test(format)) return undefined;
  try {
    return executeTemplate(compileSystemFormat(format), typedValue(clientPart, part));
  } catch (error) {
    if (error instanceof CommandFailure) return undefined;
    throw error;
  }
}
