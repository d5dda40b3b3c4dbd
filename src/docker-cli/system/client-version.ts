import { CLIENT_API_VERSION } from '../client.ts';
import { omit, struct, text } from '../go/type.ts';

/** The release of the docker client whose behaviour this is. */
export const CLIENT_VERSION = '28.2.2';
export const CLIENT_COMMIT = 'e6534b4';

const fields = {
  Version: omit(text),
  ApiVersion: omit(text),
  DefaultAPIVersion: omit(text),
  GitCommit: omit(text),
  GoVersion: omit(text),
  Os: omit(text),
  Arch: omit(text),
  BuildTime: omit(text),
  Context: text,
};

export const CLIENT_FIELDS = fields;
export const CLIENT_TRAITS = { goNames: { ApiVersion: 'APIVersion' } };
export const clientVersion = struct('system.clientVersion', fields, CLIENT_TRAITS);

/** What the client says of itself. `apiVersion` is the one agreed upon; `docker info` does not ask for it. */
export function describeClient(apiVersion: string): {
  Version: string;
  ApiVersion: string;
  DefaultAPIVersion: string;
  GitCommit: string;
  GoVersion: string;
  Os: string;
  Arch: string;
  BuildTime: string;
  Context: string;
} {
  return {
    Version: CLIENT_VERSION,
    ApiVersion: apiVersion,
    DefaultAPIVersion: CLIENT_API_VERSION,
    GitCommit: CLIENT_COMMIT,
    GoVersion: 'go1.24.3',
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: 'Fri May 30 12:07:14 2025',
    Context: 'default',
  };
}
