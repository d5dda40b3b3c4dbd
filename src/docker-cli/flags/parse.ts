import { quote } from '../../go/index.ts';
import { CommandFailure, failureText } from '../failure.ts';
import { type FlagEnvironment, type FlagSpec, Flags } from './flag.ts';

export interface ParsedArguments {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** `--help` (or the old `-h`) was among the flags: nothing else counts. */
  readonly help: false | 'long' | 'short';
}

export interface ParseOptions extends FlagEnvironment {
  /** Whether flags may follow the first argument; not where a command line for the container may follow. */
  readonly interspersed: boolean;
}

/** Splits an argument list by the rules of github.com/spf13/pflag, with its error texts. */
export function parseFlags(
  argv: readonly string[],
  specs: readonly FlagSpec[],
  options: ParseOptions,
): ParsedArguments {
  const parser = new FlagParser(argv, specs, options);
  return parser.parse();
}

class FlagParser {
  readonly #rest: string[];
  readonly #specs: readonly FlagSpec[];
  readonly #options: ParseOptions;
  readonly #values = new Map<string, unknown>();
  #help: ParsedArguments['help'] = false;

  constructor(argv: readonly string[], specs: readonly FlagSpec[], options: ParseOptions) {
    this.#rest = [...argv];
    this.#specs = specs;
    this.#options = options;
  }

  parse(): ParsedArguments {
    const args: string[] = [];
    while (this.#rest.length > 0 && !this.#help) {
      const word = this.#rest.shift()!;
      if (word === '--') break;
      if (word.startsWith('--')) this.#long(word);
      else if (word.startsWith('-') && word.length > 1) this.#shorts(word);
      else {
        args.push(word);
        if (!this.#options.interspersed) break;
      }
    }
    return { flags: new Flags(this.#values), args: [...args, ...this.#rest], help: this.#help };
  }

  #long(word: string): void {
    const [name, value] = cut(word.slice(2));
    if (name === '' || name.startsWith('-')) throw new CommandFailure(`bad flag syntax: ${word}`);
    if (name === 'help') {
      this.#help = 'long';
      return;
    }
    const spec = this.#specs.find((candidate) => candidate.name === name);
    if (!spec) throw new CommandFailure(`unknown flag: --${name}`);
    const text = value ?? spec.type.implied ?? this.#rest.shift();
    if (text === undefined) throw new CommandFailure(`flag needs an argument: ${word}`);
    this.#set(spec, text);
  }

  /** `-q`, `-qf name=x`, `-fname=x`, `-f=name`: letters up to the first that takes an argument. */
  #shorts(word: string): void {
    let letters = word.slice(1);
    while (letters !== '') {
      const letter = letters[0]!;
      const spec = this.#specs.find((candidate) => candidate.short === letter);
      if (!spec && letter === 'h') {
        this.#help = 'short';
        return;
      }
      if (!spec) throw new CommandFailure(`unknown shorthand flag: '${letter}' in -${letters}`);
      const rest = letters.slice(1);
      if (rest.length > 1 && rest.startsWith('=')) {
        this.#set(spec, rest.slice(1));
        return;
      }
      if (spec.type.implied !== undefined) {
        this.#set(spec, spec.type.implied);
        letters = rest;
        continue;
      }
      const text = rest !== '' ? rest : this.#rest.shift();
      if (text === undefined) throw new CommandFailure(`flag needs an argument: '${letter}' in -${letters}`);
      this.#set(spec, text);
      return;
    }
  }

  #set(spec: FlagSpec, text: string): void {
    try {
      this.#values.set(spec.name, spec.type.read(text, this.#values.get(spec.name), this.#options));
    } catch (error) {
      const name = spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`;
      throw new CommandFailure(`invalid argument ${quote(text)} for ${quote(name)} flag: ${failureText(error)}`);
    }
  }
}

function cut(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
