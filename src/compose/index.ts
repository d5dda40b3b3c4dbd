export { convertConfigs, convertSecrets } from './convert/file-objects.ts';
export { requireImages } from './convert/images.ts';
export { LABEL_IMAGE, LABEL_NAMESPACE, scopedName } from './convert/namespace.ts';
export { convertNetworks, isUserDefined, type StackNetworks } from './convert/networks.ts';
export type { FindIds } from './convert/references.ts';
export { type ConvertServiceOptions, convertService } from './convert/service.ts';
export { type ConvertedStack, type ConvertStackOptions, convertStack } from './convert/stack.ts';
export type { ReadFile } from './environment.ts';
export { type ComposeConfig, type LoadOptions, loadCompose } from './load.ts';
export type * from './model/config.ts';
export { openComposeFiles } from './open.ts';
export {
  ComposeError,
  type Diagnostic,
  type DiagnosticCode,
  formatPosition,
  type Position,
  type Stage,
} from './problem.ts';
export { renderStackConfig } from './render.ts';
export type { ComposeFile } from './sources.ts';
export { ForbiddenKeysError, type IgnoredKeys } from './special-keys.ts';
export { type Stack, stackFromCompose } from './stack-from-compose.ts';
