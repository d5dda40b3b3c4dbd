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
