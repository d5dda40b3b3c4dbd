/**
 * `docker stack config`, offline: files in, the merged configuration or an error out.
 *
 * One rule accepts what does not agree to the letter: where docker refuses a text as YAML (`yaml: line N: ...`) and we
 * refuse it as YAML on that line or the next, with other words, the case is inexact. The words are those of a third
 * party's parser.
 */
import { ComposeError, loadCompose, openComposeFiles, renderStackConfig } from '../../../src/compose/index.ts';
import { type Family, failed, firstDifference, isRecord, passed, type VectorCase, type Verdict } from '../family.ts';

interface Case {
  readonly id: string;
  readonly cwd: string;
  readonly files?: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly args: readonly string[];
  readonly expect: Outcome;
  readonly also_seen?: readonly Outcome[];
}

interface Outcome {
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Replay {
  readonly outcome: Outcome;
  readonly error: ComposeError | undefined;
}

export const composeMerge: Family = {
  name: 'compose-merge',
  recognises: (content) => Array.isArray(content) && content.length > 0 && content.every(isStackConfig),
  cases: (content) => (content as readonly Case[]).map(toVectorCase),
};

function isStackConfig(candidate: unknown): boolean {
  if (!isRecord(candidate) || !Array.isArray(candidate.args) || !isRecord(candidate.expect)) return false;
  const isOffline = !('state' in candidate) && !('script' in candidate) && !('requests' in candidate.expect);
  return isOffline && candidate.args[0] === 'stack' && candidate.args[1] === 'config';
}

function toVectorCase(vector: Case): VectorCase {
  return { id: vector.id, run: () => compare(vector, replay(vector)) };
}

function compare(vector: Case, { outcome, error }: Replay): Verdict {
  const outcomes = [vector.expect, ...(vector.also_seen ?? [])];
  const differences = outcomes.map((expected) => firstDifference(pick(expected), pick(outcome)));
  if (differences.includes(undefined)) return passed;
  if (outcomes.some((expected) => isSameYamlRefusal(expected, error))) {
    return { kind: 'inexact', rule: 'refused as YAML at the same place, in other words' };
  }
  return failed(differences[0]!);
}

function pick({ exit_code, stdout, stderr }: Outcome): Outcome {
  return { exit_code, stdout, stderr };
}

function isSameYamlRefusal(expected: Outcome, error: ComposeError | undefined): boolean {
  const line = /^yaml: line (\d+): /.exec(expected.stderr)?.[1];
  if (line === undefined || error?.stage !== 'yaml' || error.line === undefined) return false;
  return Math.abs(error.line - Number(line)) <= 1;
}

const BASE_ENVIRONMENT = { HOME: '/home/dev', LANG: 'C.UTF-8', TERM: 'xterm' };

function replay(vector: Case): Replay {
  const { names, variables } = readArguments(vector.args.slice(2));
  const readFile = (path: string): string | Uint8Array | undefined => {
    const [, content] =
      Object.entries(vector.files ?? {}).find(([name]) => path === name || path === `${vector.cwd}/${name}`) ?? [];
    return typeof content === 'object' ? Buffer.from(content.base64, 'base64') : content;
  };
  const { files, workingDir } = openComposeFiles(names, { cwd: vector.cwd, readFile, stdin: vector.stdin ?? '' });
  let log = '';
  const onWarning = (text: string): void => {
    log += `time="<TIME>" level=warning msg=${JSON.stringify(text)}\n`;
  };
  const env = { ...BASE_ENVIRONMENT, ...vector.env };
  try {
    const config = loadCompose(files, { env, workingDir, readFile, variables, onWarning });
    const outcome = { exit_code: 0, stdout: renderStackConfig(config), stderr: log };
    return { outcome, error: undefined };
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    return { outcome: { exit_code: 1, stdout: '', stderr: `${log}${error.message}\n` }, error };
  }
}

function readArguments(args: readonly string[]): {
  readonly names: readonly string[];
  readonly variables: 'replace' | 'leave';
} {
  const names: string[] = [];
  let variables: 'replace' | 'leave' = 'replace';
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]!;
    const attached = /^(?:--compose-file|-c)=(.*)$/.exec(argument);
    if (argument === '--skip-interpolation') variables = 'leave';
    else if (attached) names.push(...attached[1]!.split(','));
    else if (argument === '-c' || argument === '--compose-file') {
      index += 1;
      names.push(...args[index]!.split(','));
    } else throw new Error(`the replay does not know the argument ${argument}`);
  }
  return { names, variables };
}
