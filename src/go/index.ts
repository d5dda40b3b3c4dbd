export { formatFloat, parseFloat64, shortestFloat32 } from './float.ts';
export { canonicalIp, isUnspecified } from './ip.ts';
export { absolutePath, cleanPath } from './path.ts';
export { quote } from './quote.ts';
export { splitShellWords } from './shell-words.ts';
