export { EVALUATION_SCHEMA, evaluationJson } from './evaluation-json.ts';
export { evaluationText, type Palette, PLAIN } from './evaluation-text.ts';
export { replayText } from './replay-text.ts';
