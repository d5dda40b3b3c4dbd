import { expect, test } from 'vitest';
import { probeResult } from '../../../../src/agent/engine/probe.ts';
import { millis, seconds } from '../../../../src/base/index.ts';

const check = { test: ['CMD', 'check'], timeout: 3e9 };

test('4096 bytes of output are kept, and more is marked', () => {
  const all = probeResult(check, 'id', { output: 'x'.repeat(4096) });
  const more = probeResult(check, 'id', { output: 'x'.repeat(4097) });

  expect(all.output).toBe('x'.repeat(4096));
  expect(more.output).toBe(`${'x'.repeat(4096)}...`);
});

test('a character that is cut in two reads as replacement characters', () => {
  const { output } = probeResult(check, 'id', { output: `${'x'.repeat(4094)}€` });

  expect(output).toBe(`${'x'.repeat(4094)}\ufffd\ufffd...`);
});

test.each([
  ['\u007f', 1],
  ['\u0080', 2],
  ['\u07ff', 2],
  ['\u0800', 3],
  ['\uffff', 3],
  ['\u{10000}', 4],
])('%j counts as it is written in UTF-8: %i', (character, bytes) => {
  const outputWith = (before: number) =>
    probeResult(check, 'id', { output: `${'x'.repeat(before)}${character}` }).output;

  expect(outputWith(4096 - bytes)).toBe(`${'x'.repeat(4096 - bytes)}${character}`);
  expect(outputWith(4097 - bytes)).toBe(`${'x'.repeat(4097 - bytes)}${'\ufffd'.repeat(bytes - 1)}...`);
});

test('a probe may take 30 s to be started, and no longer', () => {
  expect(probeResult(check, 'id', { startDelay: seconds(30) })).toMatchObject({ duration: seconds(30), exitCode: 0 });
  expect(probeResult(check, 'id', { startDelay: seconds(30) + 1 })).toEqual({
    duration: seconds(30),
    exitCode: -1,
    output: 'timed out starting health check for container id',
  });
});

test('what a probe wrote follows the text of its timeout', () => {
  const result = probeResult(check, 'id', { runs: 'for ever', output: 'waiting', killDelay: millis(50) });

  expect(result).toEqual({
    duration: seconds(3.05),
    exitCode: -1,
    output: 'Health check exceeded timeout (3s): waiting',
  });
});

test('a probe whose output is held open beyond the timeout has timed out when the output ends, with nothing to kill', () => {
  const held = { runs: seconds(2), killDelay: seconds(1) };

  expect(probeResult(check, 'id', { ...held, outputHeld: seconds(1.5) })).toMatchObject({ duration: seconds(3.5) });
  expect(probeResult(check, 'id', { ...held, outputHeld: seconds(9) })).toMatchObject({
    duration: seconds(4),
    exitCode: -1,
    output: 'Health check exceeded timeout (3s)',
  });
});
