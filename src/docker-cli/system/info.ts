import type { CommandSpec } from '../command.ts';
import { type Info, info as infoType, systemInfo } from '../engine/info.ts';
import { CommandFailure } from '../failure.ts';
import { inspectFormat } from '../flags/shared.ts';
import { any, bool, decode, type GoType, omit, pointer, slice, struct, text, zeroOf } from '../go/type.ts';
import { executeTemplate } from '../template/execute.ts';
import { typedValue } from '../template/value.ts';
import { compileFormat } from '../text/list.ts';
import { CLIENT_FIELDS, CLIENT_GO_NAMES, describeClient } from './client-version.ts';
import { renderInfo } from './info-view.ts';

const clientInfo = struct(
  'system.clientInfo',
  { Debug: bool, ...CLIENT_FIELDS, Plugins: slice(any), Warnings: slice(text) },
  CLIENT_GO_NAMES,
);

const clientPart = struct('system.sparseInfo', { ClientInfo: pointer(clientInfo) });

const serverErrors = struct('', { ServerErrors: omit(slice(text)) });

/** The server's answer with what the client adds. */
const wholeInfo: GoType<unknown> = {
  kind: 'struct',
  name: 'system.dockerInfo',
  fields: [...infoType.fields!, ...serverErrors.fields!, ...clientPart.fields!],
};

const BAD_TEMPLATE = 64;

export const info: CommandSpec = {
  use: 'info [OPTIONS]',
  short: 'Display system-wide information',
  otherPaths: ['docker system info'],
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
    const template = compileInfoFormat(format);
    if (needsNoServer(template, { ClientInfo })) {
      output.line(executeTemplate(template, typedValue(clientPart, { ClientInfo })));
      return;
    }
    const { server, failure } = ask(() => systemInfo(client));
    if (failure) output.errorLine(failure.message);
    const ServerErrors = failure ? [failure.message] : [];
    const whole = { ...(server ?? zeroOf(infoType)), ServerErrors, ClientInfo };
    output.line(executeTemplate(template, typedValue(wholeInfo, whole)));
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
function needsNoServer(
  template: ReturnType<typeof compileFormat>,
  part: Parameters<typeof typedValue<typeof clientPart extends GoType<infer V> ? V : never>>[1],
): boolean {
  if (!/\.[a-zA-Z]/.test(template.text)) return false;
  try {
    executeTemplate(template, typedValue(clientPart, part));
    return true;
  } catch (error) {
    if (error instanceof CommandFailure) return false;
    throw error;
  }
}

function compileInfoFormat(format: string): ReturnType<typeof compileFormat> {
  try {
    return compileFormat(format === 'json' ? '{{json .}}' : format);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new CommandFailure(error.message, BAD_TEMPLATE);
  }
}
