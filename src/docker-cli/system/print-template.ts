import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { executeTemplate, TemplateFailure } from '../template/execute.ts';
import type { Template } from '../template/parse.ts';
import type { TemplateValue } from '../template/value.ts';
import { compileFormat } from '../text/list.ts';

const BAD_TEMPLATE = 64;

/** The template of `docker info` or `docker version`; `json` stands for all of it. */
export function compileSystemFormat(format: string, name = ''): Template {
  try {
    return compileFormat(format === 'json' ? '{{json .}}' : format, name);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new CommandFailure(error.message, BAD_TEMPLATE);
  }
}

/** Prints what the template gives. These commands write as they go, so the start of one that fails is seen too. */
export function printTemplate(output: Output, template: Template, data: TemplateValue): void {
  try {
    output.line(executeTemplate(template, data));
  } catch (error) {
    if (error instanceof TemplateFailure) output.line(error.written);
    throw error;
  }
}
