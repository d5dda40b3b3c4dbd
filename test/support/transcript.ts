/**
 * Transcripts: sessions at a simulated swarm as text, commands with their whole output. What a line is, is told by its
 * beginning:
 *
 *     # a remark
 *     > an order to the simulation: one of ORDERS
 *     $ a command of the docker client, typed at the leader
 *     w1$ the same, typed at the node of that name
 *
 * and everything else is output. A command that fails ends with `[exit 1]`.
 */
import { parse } from 'yaml';
import { type DockerResult, docker } from '../../src/docker-cli/index.ts';
import { createSwarm, type ImageDefinition, type Swarm, type SwarmOptions } from '../../src/swarm/index.ts';

export interface TranscriptOptions {
  /** A file's text by its path, as Compose files are asked for. */
  readFile(path: string): string | undefined;
}

/** Plays the session that a transcript tells, and tells what has come of it. The output that stands there is not read. */
export function replayTranscript(transcript: string, options: TranscriptOptions): string {
  const session = new TranscriptSession(options);
  let told = '';
  for (const line of transcript.trimEnd().split('\n')) {
    if (line.startsWith('> ')) session.order(line.slice(2));
    if (line.startsWith('> ') || isRemark(line)) told += `${line}\n`;
    else {
      const [, node = '', command] = COMMAND.exec(line) ?? [];
      if (command !== undefined) told += `${[line, ...outputOf(session.type(command, node))].join('\n')}\n\n`;
    }
  }
  return `${told.trimEnd()}\n`;
}

const COMMAND = /^([\w-]*)\$ (.+)$/;

class TranscriptSession {
  readonly #options: TranscriptOptions;
  #swarm: Swarm | undefined;

  constructor(options: TranscriptOptions) {
    this.#options = options;
  }

  order(line: string): void {
    const [word = '', ...rest] = line.split(' ');
    const order = ORDERS[word];
    if (!order) throw new Error(`> ${line}: there are ${Object.keys(ORDERS).join(', ')}`);
    if (word === 'swarm') this.#swarm = createSwarm(parse(rest.join(' ')) as SwarmOptions);
    else order(this.#theSwarm, rest);
  }

  type(command: string, node: string): DockerResult {
    const files = (path: string) => this.#options.readFile(path);
    return docker(this.#theSwarm, command, { files, ...(node !== '' && { on: node }) });
  }

  get #theSwarm(): Swarm {
    if (!this.#swarm) throw new Error('a transcript begins with `> swarm {...}`');
    return this.#swarm;
  }
}

const ORDERS: Readonly<Record<string, (swarm: Swarm, words: readonly string[]) => void>> = {
  swarm: () => {},
  image: (swarm, [name = '', ...rest]) => swarm.images.define(name, parse(rest.join(' ')) as ImageDefinition),
  wait: (swarm, [duration = '']) => swarm.run({ for: duration }),
  settle: (swarm) => swarm.runUntilSettled(),
  crash: (swarm, [node = '']) => swarm.node(node).crash(),
  boot: (swarm, [node = '']) => swarm.node(node).boot(),
  disconnect: (swarm, [node = '']) => swarm.node(node).disconnect(),
  reconnect: (swarm, [node = '']) => swarm.node(node).reconnect(),
  // `> partition m1 | m2 m3`
  partition: (swarm, words) =>
    swarm.network.partition(
      words
        .join(' ')
        .split('|')
        .map((group) => group.trim().split(/ +/)),
    ),
  heal: (swarm) => swarm.network.heal(),
};

function outputOf({ screen, exitCode }: DockerResult): string[] {
  const lines = screen === '' ? [] : screen.replace(/\n$/, '').split('\n');
  const misread = lines.find((line) => isRemark(line) || line.startsWith('> ') || COMMAND.test(line));
  if (misread !== undefined) throw new Error(`this output would be read as something else: ${misread}`);
  return exitCode === 0 ? lines : [...lines, `[exit ${exitCode}]`];
}

function isRemark(line: string): boolean {
  return line === '#' || line.startsWith('# ');
}
