export { type Engine, type EngineOptions, engine } from './engine.ts';
export { digestWarning } from './registry.ts';
export type { EngineRequest, EngineResponse, LogFrame } from './request.ts';
export { API_VERSION, isOlder, MIN_API_VERSION } from './version.ts';
