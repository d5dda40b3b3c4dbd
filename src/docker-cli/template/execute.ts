import { CommandFailure, failureText } from '../failure.ts';
import { arityProblem, FUNCTIONS, type TemplateFunctions } from './functions.ts';
import type { Command, Operand, Pipe, TemplateNode } from './node.ts';
import type { Template } from './parse.ts';
import {
  constantValue,
  elementOf,
  entriesOf,
  indirect,
  isTrue,
  NO_VALUE,
  printValue,
  type TemplateValue,
} from './value.ts';

/** Runs a template over one value. Fails with the text of Go's text/template. */
export function executeTemplate(
  template: Template,
  data: TemplateValue,
  functions: TemplateFunctions = FUNCTIONS,
): string {
  return new Execution(template, data, functions).run();
}

/** A template failed half-way. */
export class TemplateFailure extends CommandFailure {
  /** What it had written by then; some commands print it. */
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}

interface Variable {
  readonly name: string;
  value: TemplateValue;
}

type Flow = 'next' | 'break' | 'continue';

class Execution {
  readonly #template: Template;
  readonly #functions: TemplateFunctions;
  readonly #data: TemplateValue;
  #variables: Variable[];
  #out = '';

  constructor(template: Template, data: TemplateValue, functions: TemplateFunctions) {
    this.#template = template;
    this.#functions = functions;
    this.#data = data;
    this.#variables = [{ name: '$', value: data }];
  }

  run(): string {
    try {
      this.#walk(this.#template.nodes, this.#data);
    } catch (error) {
      throw new TemplateFailure(failureText(error), this.#out);
    }
    return this.#out;
  }

  #walk(nodes: readonly TemplateNode[], dot: TemplateValue): Flow {
    for (const node of nodes) {
      const flow = this.#step(node, dot);
      if (flow !== 'next') return flow;
    }
    return 'next';
  }

  #step(node: TemplateNode, dot: TemplateValue): Flow {
    switch (node.kind) {
      case 'text':
        this.#out += node.text;
        return 'next';
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.declares.length === 0) this.#out += printValue(value);
        return 'next';
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'range':
        return this.#range(node, dot);
      default: {
        const outer = this.#variables.length;
        const value = this.#pipe(node.pipe, dot);
        const flow = isTrue(value)
          ? this.#walk(node.body, node.kind === 'with' ? value : dot)
          : this.#walk(node.otherwise, dot);
        this.#variables.length = outer;
        return flow;
      }
    }
  }

  #range(node: Extract<TemplateNode, { kind: 'if' | 'with' | 'range' }>, dot: TemplateValue): Flow {
    const outer = this.#variables.length;
    const subject = this.#pipe({ ...node.pipe, declares: [] }, dot);
    const entries = entriesOf(subject);
    if (!entries && subject.value !== undefined && subject.value !== null) {
      throw this.#error(node.pipe.at, node.pipe.commands[0]!.text, `range can't iterate over ${printValue(subject)}`);
    }
    if (!entries || entries.length === 0) return this.#walk(node.otherwise, dot);
    for (const [key, element] of entries) {
      const [first, second] = node.pipe.declares;
      if (second !== undefined) this.#variables.push({ name: first!, value: key }, { name: second, value: element });
      else if (first !== undefined) this.#variables.push({ name: first, value: element });
      const flow = this.#walk(node.body, element);
      this.#variables.length = outer;
      if (flow === 'break') break;
    }
    return 'next';
  }

  #pipe(pipe: Pipe, dot: TemplateValue): TemplateValue {
    let value: TemplateValue | undefined;
    for (const command of pipe.commands) value = this.#command(command, dot, value);
    const result = value ?? NO_VALUE;
    for (const name of pipe.declares) {
      if (!pipe.assigns) this.#variables.push({ name, value: result });
      else this.#variable(name).value = result;
    }
    return result;
  }

  #command(command: Command, dot: TemplateValue, piped: TemplateValue | undefined): TemplateValue {
    const [first, ...rest] = command.operands;
    if (first!.kind === 'nil') throw this.#error(first!.at, first!.text, 'nil is not a command');
    if (first!.kind !== 'function') {
      if (rest.length > 0 || piped) {
        throw this.#error(first!.at, first!.text, `can't give argument to non-function ${first!.text}`);
      }
      return this.#operand(first!, dot);
    }
    const values = rest.map((operand) => this.#operand(operand, dot));
    if (piped) values.push(piped);
    const demand = arityProblem(first!.name, values.length);
    if (demand) throw this.#error(first!.at, first!.text, demand);
    try {
      return this.#functions[first!.name]!(...values);
    } catch (error) {
      throw this.#error(first!.at, command.text, `error calling ${first!.name}: ${failureText(error)}`);
    }
  }

  #operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return NO_VALUE;
      case 'constant':
        return constantValue(operand.value);
      case 'field':
        return this.#fields(operand, operand.path, dot);
      case 'variable':
        return this.#fields(operand, operand.path, this.#variable(operand.name).value);
      case 'function':
        return this.#command({ at: operand.at, text: operand.text, operands: [operand] }, dot, undefined);
      case 'pipe':
        return this.#fields(operand, operand.path, this.#pipe(operand.pipe, dot));
    }
  }

  /** The innermost variable of that name; the parser has checked that there is one. */
  #variable(name: string): Variable {
    return [...this.#variables].reverse().find((variable) => variable.name === name)!;
  }

  #fields(operand: Operand, path: readonly string[], start: TemplateValue): TemplateValue {
    return path.reduce((item, name) => this.#field(operand, name, item), start);
  }

  #field(operand: Operand, name: string, item: TemplateValue): TemplateValue {
    if (item.value === undefined || (item.value === null && item.type.kind === 'any')) {
      throw this.#error(operand.at, operand.text, `nil data; no entry for key "${name}"`);
    }
    if (item.value === null && item.type.kind === 'pointer') {
      throw this.#error(operand.at, operand.text, `nil pointer evaluating ${item.type.name}.${name}`);
    }
    const target = indirect(item);
    if (target.type.kind === 'struct') {
      const field = target.type.fields!.find((candidate) => candidate.goName === name);
      if (field) return { type: field.type, value: (target.value as Record<string, unknown>)[field.key] };
      const embedded = target.type.embeds?.[name];
      if (embedded) return { type: embedded, value: target.value };
    } else if (target.value === null) return NO_VALUE;
    else if (typeof target.value === 'object' && !Array.isArray(target.value)) {
      const found = (target.value as Record<string, unknown>)[name];
      return found === undefined ? NO_VALUE : elementOf(target, found);
    }
    throw this.#error(operand.at, operand.text, `can't evaluate field ${name} in type ${item.type.name}`);
  }

  #error(at: number, text: string, reason: string): CommandFailure {
    const { name, text: source } = this.#template;
    const before = source.slice(0, at);
    const line = before.split('\n').length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length;
    return new CommandFailure(
      `template: ${name}:${line}:${column}: executing ${JSON.stringify(name)} at <${text}>: ${reason}`,
    );
  }
}
