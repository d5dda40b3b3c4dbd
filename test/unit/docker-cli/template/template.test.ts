import { describe, expect, test } from 'vitest';
import { duration, map, omit, pointer, slice, struct, text, time, zeroOf } from '../../../../src/docker-cli/go/type.ts';
import { executeTemplate } from '../../../../src/docker-cli/template/execute.ts';
import { FUNCTIONS } from '../../../../src/docker-cli/template/functions.ts';
import { parseTemplate } from '../../../../src/docker-cli/template/parse.ts';
import { typedValue } from '../../../../src/docker-cli/template/value.ts';

const status = struct('swarm.UpdateStatus', { State: omit(text) });
const thing = struct('swarm.Thing', {
  Name: text,
  Labels: map(text),
  Words: slice(text),
  Delay: omit(duration),
  CreatedAt: time,
  Status: omit(pointer(status)),
});

function render(template: string, value: Partial<ReturnType<typeof sample>> = {}): string {
  const parsed = parseTemplate(template, { name: '', functions: new Set(Object.keys(FUNCTIONS)) });
  return executeTemplate(parsed, typedValue(thing, { ...sample(), ...value }));
}

function sample() {
  return { ...zeroOf(thing), Name: 'web', Labels: { b: '2', a: '1' }, Words: ['x', 'y'], Delay: 90e9 };
}

describe('a template', () => {
  test.each([
    ['{{.Name}}', 'web'],
    ['{{ .Name -}}  !', 'web!'],
    ['a {{- /* gone */ -}} b', 'ab'],
    ['{{.Labels}} {{.Words}}', 'map[a:1 b:2] [x y]'],
    ['{{.Labels.a}}{{.Labels.nope}}', '1<no value>'],
    ['{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}', 'a=1;b=2;'],
    ['{{range .Words}}{{.}}{{else}}none{{end}}', 'xy'],
    ['{{range $i, $w := .Words}}{{if $i}},{{end}}{{$w}}{{end}}', 'x,y'],
    ['{{if eq .Name "db" "web"}}yes{{else if .Words}}words{{else}}no{{end}}', 'yes'],
    ['{{with .Status}}{{.State}}{{else}}idle{{end}}', 'idle'],
    ['{{.Name | printf "%-6s|%q" "x"}}', 'x     |"web"'],
    ['{{printf "%5.2f|%03d" 1.5 7}}', ' 1.50|007'],
    ['{{join .Words "-" | upper}}', 'X-Y'],
    ['{{json .Labels}}', '{"a":"1","b":"2"}'],
    ['{{json .Status}} {{.Status}}', 'null <nil>'],
    ['{{.Delay}} {{len .Words}}', '1m30s 2'],
    ['{{.CreatedAt}}', '0001-01-01 00:00:00 +0000 UTC'],
    ['{{(index .Words 1) | title}} {{index .Labels "nope"}}.', 'Y .'],
    ['{{$x := .Name}}{{$x = "new"}}{{$x}}', 'new'],
    ['{{split "a/b" "/"}} {{truncate .Name 2}} {{pad .Name 1 2}}|', '[a b] we  web  |'],
    ['{{and .Name .Status}} {{or .Status .Name}} {{not .Status}}', '<nil> web true'],
    ['{{println .Name 3}}', 'web 3\n'],
  ])('%s gives what Go gives', (template, expected) => {
    expect(render(template)).toBe(expected);
  });

  test.each([
    ['{{.Nope}}', `template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type swarm.Thing`],
    [
      '\n{{.Status.State}}',
      'template: :2:9: executing "" at <.Status.State>: nil pointer evaluating *swarm.UpdateStatus.State',
    ],
    [
      '{{index .Words 5}}',
      'template: :1:2: executing "" at <index .Words 5>: error calling index: index out of range: 5',
    ],
    ['{{foo .Name}}', 'template: :1: function "foo" not defined'],
    ['{{.Name', 'template: :1: unclosed action'],
    ['{{if .Name}}x', 'template: :1: unexpected EOF'],
    ['{{end}}', 'template: :1: unexpected {{end}}'],
    ['{{$y}}', 'template: :1: undefined variable "$y"'],
    ['{{.Name}', `template: :1: bad character U+007D '}'`],
    ['{{break}}', 'template: :1: {{break}} outside {{range}}'],
    ['{{range .Words}}{{end}}{{continue}}', 'template: :1: {{continue}} outside {{range}}'],
    ['{{nil}}', 'template: :1:2: executing "" at <nil>: nil is not a command'],
    ['{{upper}}', 'template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0'],
    ['{{json .Name .Name}}', 'template: :1:2: executing "" at <json>: wrong number of args for json: want 1 got 2'],
    ['{{printf}}', 'template: :1:2: executing "" at <printf>: wrong number of args for printf: want at least 1 got 0'],
    [
      '{{slice .Name 1 9}}',
      'template: :1:2: executing "" at <slice .Name 1 9>: error calling slice: index out of range: 9',
    ],
    ['{{len 3}}', 'template: :1:2: executing "" at <len 3>: error calling len: len of type int'],
  ])('%s fails as in Go', (template, expected) => {
    expect(() => render(template)).toThrow(expected);
  });
});
