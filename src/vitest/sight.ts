/** How to see a failure again: the command that repeats the test, and the trace that is kept when it fails. */
import { type RunnerTestCase, recordArtifact } from 'vitest';
import type { ObservedSwarm } from '../swarm/index.ts';
import { keepTrace, tracePathOf } from './kept-trace.ts';

export type RunningTest = Readonly<RunnerTestCase>;

declare module 'vitest' {
  interface TestArtifactRegistry {
    'dryswarm:trace': {
      readonly type: 'dryswarm:trace';
      readonly attachments: [{ readonly path: string; readonly contentType: string }];
    };
  }
}

/** Whose trace is kept if the test fails: of several swarms that of the one that failed last. */
const swarms = new WeakMap<RunningTest, ObservedSwarm>();

/** Lines for a message. From now on the trace is kept if the test fails. */
export function sightOf(swarm: ObservedSwarm, test: RunningTest | undefined): string[] {
  if (test === undefined) return [];
  keepIfFailed(swarm, test);
  return [`again: npx vitest run ${test.file.name} -t ${quoted(patternOf(nameOf(test)))}`, lookAt(test)];
}

/** If the test fails, the trace becomes a file that is attached to the test, and the error says where it is. */
export function keepIfFailed(swarm: ObservedSwarm, test: RunningTest): void {
  if (!swarms.has(test)) {
    test.context.onTestFailed(async () => {
      const path = keepTrace(pathOf(test), swarms.get(test)!, nameOf(test));
      for (const error of test.result?.errors ?? []) {
        if (!error.message.includes(lookAt(test))) error.message += `\n${lookAt(test)}`;
      }
      await recordArtifact(test as RunnerTestCase, {
        type: 'dryswarm:trace',
        attachments: [{ path, contentType: 'application/x-ndjson' }],
      });
    });
  }
  swarms.set(test, swarm);
}

function lookAt(test: RunningTest): string {
  return `look: npx dryswarm show ${pathOf(test)}`;
}

function pathOf(test: RunningTest): string {
  const [file = ''] = test.file.name.split('/').slice(-1);
  return tracePathOf(`${file.replace(/\.(test|spec)\.\w+$/, '')} ${nameOf(test)}`);
}

/** With the names of the suites around it, as `-t` takes it. */
function nameOf({ fullTestName }: RunningTest): string {
  return fullTestName.replaceAll(' > ', ' ');
}

function patternOf(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
