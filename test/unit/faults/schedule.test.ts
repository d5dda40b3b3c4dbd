import { describe, expect, test } from 'vitest';
import type { Node, Service, Task } from '../../../src/api/index.ts';
import { TaskState } from '../../../src/api/index.ts';
import { seconds } from '../../../src/base/index.ts';
import { FAULT_KINDS, type Fault, type FaultPort, FaultSchedule, type RolloutView } from '../../../src/faults/index.ts';

const FROM = seconds(100);

/** A port over nodes that are only switched on and off, which writes down what it is asked for. */
class Notes {
  readonly lines: string[] = [];
  readonly down = new Set<string>();
  readonly tasks: Task[] = [];
  readonly #nodes: readonly Node[];

  constructor(nodes: readonly Node[] = [node('m1', 'manager'), node('w1'), node('w2'), node('w3')]) {
    this.#nodes = nodes;
  }

  get port(): FaultPort {
    const note =
      (what: string) =>
      (...args: readonly unknown[]) =>
        void this.lines.push(
          [what, ...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))].join(' '),
        );
    return {
      nodes: () => this.#nodes,
      isUp: (id) => !this.down.has(id),
      isAwake: (id) => !this.down.has(id),
      isConnected: () => true,
      leader: () => 'm1',
      running: () => this.tasks,
      newImages: () => ['web:2'],
      images: () => ['web:1', 'web:2'],
      crash: (id) => {
        this.down.add(id);
        note('crash')(id);
      },
      boot: (id) => {
        this.down.delete(id);
        note('boot')(id);
      },
      freeze: note('freeze'),
      thaw: note('thaw'),
      disconnect: note('disconnect'),
      reconnect: note('reconnect'),
      partition: note('partition'),
      heal: note('heal'),
      setAvailability: note('set'),
      exit: note('exit'),
      trouble: note('trouble'),
      lift: note('lift'),
      wereStarting: () => true,
    };
  }
}

function node(id: string, role: 'manager' | 'worker' = 'worker', labels: Record<string, string> = {}): Node {
  return {
    id,
    role,
    spec: { labels, role, availability: 'active' },
    status: { state: 'ready', message: '', addr: '' },
    description: { hostname: id },
  } as unknown as Node;
}

function task(slot: number, state: TaskState = TaskState.RUNNING, specVersion = 1): Task {
  return {
    id: `t${slot}`,
    slot,
    nodeId: 'w1',
    serviceName: 'shop_web',
    specVersion,
    desiredState: TaskState.RUNNING,
    status: { state },
    spec: { container: { image: 'web:1' } },
  } as unknown as Task;
}

function view(tasks: readonly Task[], state?: string): RolloutView {
  const service = { id: 's', spec: { name: 'shop_web' }, ...(state && { updateStatus: { state } }) };
  return { services: [service as unknown as Service], tasksOf: () => tasks, versionBefore: () => 1 };
}

const QUIET = view([]);

function plan(faults: readonly Fault[], seed = 1): FaultSchedule {
  return new FaultSchedule({ faults, seed, from: FROM });
}

describe('a fault with a moment', () => {
  test('strikes then, and ends after its time', () => {
    const notes = new Notes();
    const schedule = plan([{ kind: 'node-crash', node: 'w2', at: '12s', for: '30s' }]);

    expect(schedule.next).toBe(FROM + seconds(12));
    schedule.strike(FROM + seconds(11), QUIET, notes.port);
    expect(notes.lines).toEqual([]);
    schedule.strike(FROM + seconds(12), QUIET, notes.port);
    expect(schedule.next).toBe(FROM + seconds(42));
    schedule.strike(FROM + seconds(42), QUIET, notes.port);

    expect(notes.lines).toEqual(['crash w2', 'boot w2']);
    expect(schedule.next).toBeUndefined();
    expect(schedule.report(new Notes().port)).toEqual([
      {
        name: 'node-crash-1',
        text: 'node w2 crashes',
        fate: 'applied',
        at: FROM + seconds(12),
        until: FROM + seconds(42),
        targets: ['w2'],
        isOptional: false,
      },
    ]);
  });

  test('strikes in the first thirty seconds where none is given, at another moment for each seed', () => {
    const moments = [1, 2, 3, 4].map((seed) => plan([{ kind: 'node-crash' }], seed).next! - FROM);
    for (const moment of moments) expect(moment).toBeLessThanOrEqual(seconds(30));
    expect(new Set(moments).size).toBe(4);
  });

  test('strikes at its moment whatever other kinds of faults there are', () => {
    const alone = plan([{ kind: 'node-crash' }]);
    const among = plan([{ kind: 'node-reboot', at: '5m' }, { kind: 'node-crash' }]);
    expect(among.next).toBe(alone.next);
  });

  test('that hits the swarm itself meets the deployment, one about images comes before it', () => {
    expect(plan([{ kind: 'node-crash', at: '0s' }]).next).toBe(FROM + 1);
    expect(plan([{ kind: 'image-fails' }]).next).toBe(FROM);
  });

  test('has matched nothing if there is nobody to hit', () => {
    const notes = new Notes();
    notes.down.add('w2');
    const schedule = plan([{ kind: 'node-crash', node: 'w2', at: '1s', for: '1m' }]);
    schedule.strike(FROM + seconds(1), QUIET, notes.port);
    expect(schedule.report(new Notes().port)[0]).toMatchObject({ fate: 'matched nothing', targets: [] });
    expect(schedule.next).toBeUndefined();
  });

  test('has expired if its moment has not come', () => {
    expect(plan([{ kind: 'node-crash', at: '1s' }]).report(new Notes().port)[0]).toMatchObject({
      fate: 'expired',
      at: undefined,
    });
  });
});

describe('a fault with a phase', () => {
  const faults: readonly Fault[] = [{ kind: 'leader-crash', when: 'half updated', of: 'web', for: '1m' }];

  test('waits for it', () => {
    const notes = new Notes();
    const schedule = plan(faults);
    const third = view([task(1, TaskState.RUNNING, 2), task(2), task(3)]);
    const half = view([task(1, TaskState.RUNNING, 2), task(2, TaskState.RUNNING, 2), task(3)]);

    expect(schedule.next).toBeUndefined();
    expect(schedule.isWaiting).toBe(true);
    expect(schedule.isDue(third)).toBe(false);
    expect(schedule.isDue(half)).toBe(true);
    schedule.strike(FROM + seconds(7), half, notes.port);

    expect(notes.lines).toEqual(['crash m1']);
    expect(schedule.isWaiting).toBe(false);
    expect(schedule.isDue(half)).toBe(false);
    expect(schedule.next).toBe(FROM + seconds(67));
  });

  test('may strike some time after it, by when the phase may be over', () => {
    const notes = new Notes();
    const schedule = plan([{ kind: 'node-crash', node: 'w1', when: 'updating', delay: '10s' }]);
    schedule.strike(FROM, view([], 'updating'), notes.port);
    expect(notes.lines).toEqual([]);
    expect(schedule.next).toBe(FROM + seconds(10));
    schedule.strike(FROM + seconds(4), view([], 'updating'), notes.port);
    expect(schedule.next).toBe(FROM + seconds(10));
    schedule.strike(FROM + seconds(10), view([], 'paused'), notes.port);
    expect(notes.lines).toEqual(['crash w1']);
  });

  test('looks at the service that it names only', () => {
    expect(plan([{ kind: 'leader-crash', when: 'updating', of: 'api' }]).isDue(view([], 'updating'))).toBe(false);
    expect(plan([{ kind: 'leader-crash', when: 'updating' }]).isDue(view([], 'updating'))).toBe(true);
  });

  test.each([
    ['updating', view([], 'updating')],
    ['first new task running', view([task(1, TaskState.RUNNING, 2), task(2)])],
    ['first new task failed', view([task(1, TaskState.REJECTED, 2), task(2)])],
    ['half updated', view([task(1, TaskState.RUNNING, 2), task(2)])],
    ['half updated', view([task(1, TaskState.RUNNING, 2), task(2), { ...task(3), desiredState: TaskState.REMOVE }])],
    ['monitoring', view([task(1, TaskState.RUNNING, 2)], 'updating')],
    ['completed', view([], 'completed')],
    ['paused', view([], 'paused')],
    ['rollback started', view([], 'rollback_started')],
    ['half rolled back', view([task(1), task(2, TaskState.RUNNING, 2)], 'rollback_started')],
    ['rolled back', view([], 'rollback_completed')],
  ] as const)('%s is told from what is stored', (when, reached) => {
    const schedule = plan([{ kind: 'leader-crash', when }]);
    expect(schedule.isDue(reached)).toBe(true);
    expect(schedule.isDue(view([task(1), task(2)]))).toBe(false);
  });
});

describe('containers that crash at random', () => {
  const faults: readonly Fault[] = [{ kind: 'container-mtbf', mean: '10s', for: '1m' }];

  function crashes(tasks: number): number {
    const notes = new Notes();
    for (let slot = 1; slot <= tasks; slot += 1) notes.tasks.push(task(slot));
    const schedule = plan(faults);
    for (let at = schedule.next; at !== undefined; at = schedule.next) schedule.strike(at, QUIET, notes.port);
    return notes.lines.filter((line) => line.startsWith('exit')).length;
  }

  test('do so the oftener the more there are', () => {
    const [few, many] = [crashes(2), crashes(20)];
    // In a minute each of them crashes six times on the average.
    expect(few).toBeGreaterThan(4);
    expect(few).toBeLessThan(24);
    expect(many).toBeGreaterThan(80);
    expect(many).toBeLessThan(160);
  });

  test('have begun when the first wait began', () => {
    const notes = new Notes();
    notes.tasks.push(task(1));
    const schedule = plan(faults);
    for (let at = schedule.next; at !== undefined; at = schedule.next) schedule.strike(at, QUIET, notes.port);
    expect(notes.lines.length).toBeGreaterThan(1);
    expect(schedule.report(new Notes().port)[0]).toMatchObject({ at: FROM, until: FROM + seconds(60) });
  });

  test('have matched nothing where no container runs', () => {
    const schedule = plan(faults);
    for (let at = schedule.next; at !== undefined; at = schedule.next) schedule.strike(at, QUIET, new Notes().port);
    expect(schedule.report(new Notes().port)[0]!.fate).toBe('matched nothing');
  });
});

describe('what makes no sense is refused', () => {
  test.each([
    [{ kind: 'node-crash', at: '1s', when: 'updating' }, 'node-crash has both at and when'],
    [{ kind: 'node-crash', of: 'web' }, 'node-crash has of without when'],
    [{ kind: 'partition', groups: [['m1'], ['m1', 'w1']] }, 'node m1 is in two groups'],
    [{ kind: 'partition', groups: [[]] }, 'a group has no nodes'],
    [{ kind: 'zone-outage', label: '=a' }, '"=a" is no label'],
    [{ kind: 'container-mtbf', mean: '0s' }, 'containers crash all the time'],
    [{ kind: 'asteroid' }, 'there is no fault "asteroid"'],
  ])('%j', (fault, message) => {
    expect(() => plan([fault as Fault])).toThrow(message);
  });
});

describe('whom a fault hits', () => {
  function linesOf(fault: Fault, notes = new Notes(), seed = 1): readonly string[] {
    const schedule = plan([fault], seed);
    schedule.strike(FROM + seconds(1), QUIET, notes.port);
    return notes.lines;
  }

  test('is drawn with the seed, among the machines that are up', () => {
    const drawn = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const notes = new Notes();
      notes.down.add('w1');
      return linesOf({ kind: 'node-crash', node: 'any worker', at: '1s' }, notes, seed)[0];
    });
    expect(new Set(drawn)).toEqual(new Set(['crash w2', 'crash w3']));
  });

  test('are all nodes of a zone, which is drawn where only its label is named', () => {
    const zones = () =>
      new Notes([
        node('a1', 'worker', { zone: 'a' }),
        node('a2', 'worker', { zone: 'a' }),
        node('b1', 'worker', { zone: 'b' }),
      ]);
    expect(linesOf({ kind: 'zone-outage', label: 'zone=a', at: '1s' }, zones())).toEqual(['crash a1', 'crash a2']);
    const drawn = [1, 2, 3, 4, 5, 6].map((seed) =>
      linesOf({ kind: 'zone-outage', label: 'zone', at: '1s' }, zones(), seed).join(),
    );
    expect(new Set(drawn)).toEqual(new Set(['crash a1,crash a2', 'crash b1']));
  });

  test('are several managers, no one twice, and nobody where there are too few', () => {
    const managers = () => new Notes([node('m1', 'manager'), node('m2', 'manager'), node('m3', 'manager')]);
    expect([...linesOf({ kind: 'manager-crash', count: 3, at: '1s' }, managers())].sort()).toEqual([
      'crash m1',
      'crash m2',
      'crash m3',
    ]);
    expect(linesOf({ kind: 'manager-crash', count: 4, at: '1s' }, managers())).toEqual([]);
  });

  test('are the images that are new, or the one that is named, with or without its tag', () => {
    expect(linesOf({ kind: 'pull-slow', at: '1s' })).toEqual(['trouble pull-slow-1 ["web:2"] {"pull":"5m"}']);
    expect(linesOf({ kind: 'pull-slow', image: 'web:1', takes: '9s', at: '1s' })).toEqual([
      'trouble pull-slow-1 ["web:1"] {"pull":"9s"}',
    ]);
    expect(linesOf({ kind: 'pull-slow', image: 'web', at: '1s' })).toEqual([]);
  });
});

test('no kind has a parameter of its own with a name that belongs to the timing', () => {
  const timing = ['kind', 'at', 'when', 'delay', 'of', 'for', 'optional'];
  for (const { kind, parameters } of FAULT_KINDS) {
    expect(
      Object.keys(parameters).filter((name) => timing.includes(name)),
      kind,
    ).toEqual([]);
  }
});
