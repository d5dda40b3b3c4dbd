import { describe, expect, test } from 'vitest';
import { Output } from '../../../../src/docker-cli/output.ts';
import { createDisplay } from '../../../../src/docker-cli/progress/display.ts';
import { screenAfter, showEscapes } from '../../../support/terminal-screen.ts';

function draw(columns?: number): Output {
  const output = new Output(columns);
  const display = createDisplay(output);
  display.update({ id: 'overall progress', action: '0 out of 1 tasks' });
  display.update({ id: '1/1', action: 'starting ', bar: { current: 8, total: 9 } });
  display.update({ id: 'overall progress', action: '1 out of 1 tasks' });
  display.message('job complete');
  return output;
}

describe('progress', () => {
  test('into a pipe is line after line, without the rows that have a bar', () => {
    expect(draw().stdout).toBe(
      'overall progress: 0 out of 1 tasks\noverall progress: 1 out of 1 tasks\njob complete\n',
    );
  });

  test('on a terminal is redrawn in place', () => {
    const screen = draw(120).screen;

    expect(screenAfter(screen)).toEqual([
      'overall progress: 1 out of 1 tasks',
      `1/1: starting  [${'='.repeat(44)}>      ]`,
      'job complete',
      '',
    ]);
    expect(showEscapes(screen)).toMatch(/^\n␛\[1A␛\[2K\roverall progress: 0 out of 1 tasks \r␛\[1B\n␛\[1A/);
  });

  test('on a narrow terminal has no bars', () => {
    expect(screenAfter(draw(110).screen)[1]).toBe('1/1: starting');
  });
});
