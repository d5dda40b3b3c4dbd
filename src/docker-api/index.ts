export { type Engine, type EngineOptions, engine } from './engine.ts';
export type { EngineRequest, EngineResponse, LogFrame } from './request.ts';
export { API_VERSION, MIN_API_VERSION } from './version.ts';
