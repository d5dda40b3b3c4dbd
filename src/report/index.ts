export { checkAnnotations, checkSummary } from './check-github.ts';
export { checkJson, FINDINGS_SCHEMA } from './check-json.ts';
export { checkJunit } from './check-junit.ts';
export { checkText } from './check-text.ts';
export { EVALUATION_SCHEMA, evaluationJson } from './evaluation-json.ts';
export { evaluationText, type Palette, PLAIN } from './evaluation-text.ts';
export { replayText } from './replay-text.ts';
