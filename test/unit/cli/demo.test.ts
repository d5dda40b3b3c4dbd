import { describe, expect, test } from 'vitest';
import { leafThrough } from '../../../src/cli/demo/leaf-through.ts';
import { main } from '../../../src/cli/main.ts';

function demo(...words: readonly string[]): { readonly code: number; readonly text: string } {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const code = main(['demo', ...words], { out: write, err: write, progress: () => {}, hasColours: false });
  return { code, text: lines.join('\n') };
}

describe('a lesson where nobody sits at the keyboard', () => {
  test('of an election tells all of it: another leads, takes a change, and is deposed by a follower that was cut off', () => {
    const { code, text } = demo('leader-election');
    expect(code).toBe(0);
    expect(text).toMatch(/crash: m1\n.* stands for election in term 3\n.*(m[23]) leads in term 3\n/);
    expect(text).toContain('service web created');
    expect(text).toMatch(/reconnect: m1\n[^$]*m[23] leads no more\n/);
  });

  test('of a lost quorum: no answer, no replacement, and both made good by the return of one manager', () => {
    const { text } = demo('quorum-loss');
    const [, , , nobodyAnswers = '', runsOn = '', back = ''] = text.split('\n\n\n');
    expect(nobodyAnswers).toContain('The swarm does not have a leader.');
    expect(runsOn).toContain('exit 1: ');
    expect(runsOn).not.toContain('web.');
    expect(back).toMatch(/web\.\d on w1 failed: task: non-zero exit \(1\)\n/);
    expect(back).toMatch(/replicated +5\/5/);
  });

  test.each([['leader-election'], ['quorum-loss']])(
    '%s goes its way with other seeds, and the same one with the same',
    (story) => {
      const [first, again, other] = ['1', '1', '2'].map((seed) => demo(story, '--seed', seed)) as [Told, Told, Told];
      expect(again).toEqual(first);
      expect(other.code).toBe(0);
      expect(other.text).not.toBe(first.text);
    },
  );

  test('that does not exist is refused with those that do', () => {
    const { code, text } = demo('raft');
    expect(code).toBe(2);
    expect(text).toContain('Allowed choices are leader-election, quorum-loss.');
  });
});

type Told = ReturnType<typeof demo>;

describe('leafing through', () => {
  function reader(pages: readonly string[]) {
    const shown: string[] = [];
    let press: ((key: string) => void) | undefined;
    leafThrough(pages, {
      show: (text) => void shown.push(text.split('\n')[0]!),
      onKey(handle) {
        press = handle;
        return () => {
          press = undefined;
        };
      },
    });
    return {
      shown,
      press(...keys: readonly string[]) {
        for (const key of keys) press?.(key);
      },
      isThere: () => press !== undefined,
    };
  }

  test('goes forward and back, and stays at the ends', () => {
    const { shown, press } = reader(['a', 'b', 'c']);
    press('left', 'right', 'space', 'return', 'left', 'home', 'end', 'x');
    expect(shown).toEqual(['a', 'a', 'b', 'c', 'c', 'b', 'a', 'c']);
  });

  test.each(['q', 'escape', 'ctrl+c'])('ends with %s', (key) => {
    const { press, isThere } = reader(['a']);
    press(key);
    expect(isThere()).toBe(false);
  });
});
