/** Answers that follow from reasoning, written beside them. Good images are pulled in 5 s and start in 2 s; there are four nodes. */
import { describe, expect, test } from 'vitest';
import type { Found, StackRule } from '../../../../src/evaluate/check/rule.ts';
import { subjectsOf } from '../../../../src/evaluate/check/subjects.ts';
import { SERVICE_FINDINGS, STACK_RULES } from '../../../../src/evaluate/findings/index.ts';
import { defineScenario } from '../../../../src/evaluate/index.ts';
import { stackOf } from '../../../support/check-files.ts';

interface Policy {
  readonly replicas?: number;
  readonly update?: Readonly<Record<string, string | number>>;
  readonly deploy?: Readonly<Record<string, unknown>>;
  readonly service?: Readonly<Record<string, unknown>>;
}

/** JSON is YAML. */
function serviceOf({ replicas = 6, update = {}, deploy = {}, service = {} }: Policy): Record<string, unknown> {
  const size = deploy.mode === 'global' ? {} : { replicas };
  return { image: 'api:1', ...service, deploy: { ...size, update_config: update, ...deploy } };
}

function subjectsIn(services: Readonly<Record<string, unknown>>) {
  return subjectsOf(stackOf([{ name: 'stack.json', content: JSON.stringify({ services }) }]), {});
}

function ask(code: string, policy: Policy): Found | undefined {
  const rule = SERVICE_FINDINGS.find((known) => known.code === code)!;
  return rule.find(subjectsIn({ api: serviceOf(policy) })[0]!);
}

function askOfStack(code: string, ...policies: readonly Policy[]): Found | undefined {
  const rule: StackRule = STACK_RULES.find((known) => known.code === code)!;
  const names = ['api', 'web'];
  return rule.find(subjectsIn(Object.fromEntries(policies.map((policy, index) => [names[index]!, serviceOf(policy)]))));
}

const WATCHED = { monitor: '60s', failure_action: 'rollback' };
const CHECKED = { healthcheck: { test: ['CMD', 'check'], interval: '5s', timeout: '3s', retries: 3 } };

describe('Q1: is a bad image caught, and after how many', () => {
  test('as many tasks are touched as work in parallel, since each waits for its own', () => {
    expect(ask('bad-image', { update: { ...WATCHED, parallelism: 2 } })).toMatchObject({
      severity: 'fine',
      message: expect.stringContaining('caught after 2 of 6 tasks and rolled back'),
    });
  });

  test('with continue nobody looks', () => {
    expect(ask('bad-image', { update: { failure_action: 'continue' } })).toMatchObject({ severity: 'problem' });
  });

  test('a failure that comes after the monitor period is missed also where somebody looks', () => {
    expect(ask('bad-image', { update: { ...WATCHED, monitor: '500ms' } })).toMatchObject({
      severity: 'problem',
      message: expect.stringMatching(/die 1 s after starting is NOT caught: failures count for 500ms/),
      at: ['deploy', 'update_config', 'monitor'],
      fix: { text: 'monitor: 1m' },
    });
  });

  test('to look at failures is of no use with a ratio that lets all of them pass', () => {
    const update = { failure_action: 'continue', max_failure_ratio: 1 };
    expect(ask('bad-image', { update })!.fix!.text).toBe('failure_action: rollback, max_failure_ratio: 0.01');
  });

  test('a slower pace helps only if failures count for as long, and never makes it faster or the delay shorter', () => {
    const fixOf = (update: Policy['update']) =>
      ask('exposure', { replicas: 12, update: { ...WATCHED, ...update } })!.fix;
    expect(fixOf({ parallelism: 0 })!.text).toBe('parallelism: 3, delay: 40s');
    expect(fixOf({ parallelism: 1, monitor: '5s', delay: '5m' })!.text).toBe('parallelism: 1, monitor: 1m');
  });

  test('what is never seen running was not exposed', () => {
    const service = { healthcheck: { ...CHECKED.healthcheck, interval: '40s' } };
    const { message } = ask('exposure', { update: { ...WATCHED, parallelism: 4 }, service })!;
    expect(message).toContain('is caught, but 2 of 6 tasks run at the worst moment');
  });

  test('a delay longer than the failure takes to show keeps all other slots from it', () => {
    const update = { ...WATCHED, parallelism: 1, delay: '40s' };
    expect(ask('exposure', { update })!.message).toContain('At least 5 of 6 tasks run');
  });
});

describe('Q2: is a late failure caught', () => {
  // Without a health check the monitor begins with the start: 10 s lie within 15 s, 30 s do not.
  test('if it lies within the monitor period', () => {
    expect(ask('late-failure', { update: { ...WATCHED, monitor: '15s' } })).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/die 30 s after starting is NOT caught.*count for 15s/),
    });
    expect(ask('late-failure', { update: { ...WATCHED, monitor: '9s' } })).toMatchObject({ severity: 'problem' });
    expect(ask('late-failure', { update: WATCHED })).toMatchObject({ severity: 'fine' });
  });
});

describe('Q3: how long a rollout takes', () => {
  test('it ends with the monitor period', () => {
    expect(ask('duration', { update: { monitor: '20s', delay: '10s' } })!.message).toContain('the last 20s of it');
  });

  test('what is too long is made shorter by more slots at a time, as long as two thirds are left, or by a shorter delay or watch', () => {
    const fixOf = (update: NonNullable<Policy['update']>, replicas: number) =>
      ask('duration', { replicas, update })!.fix?.text;
    expect(fixOf({ delay: '6m' }, 12)).toBe('parallelism: 2');
    // Three starts of 5 s or so; 4 times 14 minutes are less than an hour.
    expect(fixOf({ delay: '1h' }, 3)).toBe('delay: 14m');
    // Seven times five minutes and a few seconds.
    expect(fixOf({ delay: '5m', monitor: '2h' }, 7)).toBe('monitor: 24m');
  });

  test('or with the delay and a second, if the delay is not shorter', () => {
    expect(ask('duration', { update: { monitor: '20s', delay: '20s' } })!.message).toContain('the last 21s of it');
  });
});

describe('Q4: the lowest capacity', () => {
  test('stop-first takes as many away as work in parallel', () => {
    expect(ask('capacity', { update: { parallelism: 2 } })!.message).toContain('At least 4 of 6 tasks');
  });

  test('start-first takes none away', () => {
    expect(ask('capacity', { update: { parallelism: 6, order: 'start-first' } })!.message).toContain('At least 6 of 6');
  });

  test('scaling in the middle stops the old tasks of every slot in progress, at most one with one at a time', () => {
    const at = (parallelism: number) => ask('scaling-meanwhile', { update: { parallelism, order: 'start-first' } });
    expect(at(0)!.message).toContain('lowest running 0 of 6');
    expect(at(1)).toBeUndefined();
  });
});

test('Q6: a node that dies under a starting task holds any update up', () => {
  expect(askOfStack('node-death', { update: WATCHED })!.message).toMatch(/waits for that task.*is rolled back for it/);
});

test('Q7: a leader that dies lets a bad release through only if it dies in the final watch', () => {
  // All at once: 30 s are only watched. One at a time with a delay of 40 s: the first slot fails before the second follows.
  expect(askOfStack('leader-crash', { replicas: 3, update: { ...WATCHED, parallelism: 3 } })).toMatchObject({
    severity: 'warning',
  });
  expect(askOfStack('leader-crash', { replicas: 3, update: { ...WATCHED, delay: '40s' } })).toMatchObject({
    severity: 'fine',
  });
});

test('Q9: deploying the same files again turns the watch off', () => {
  expect(askOfStack('deployed-again', { update: WATCHED })!.message).toContain('turns its watch off');
});

test('Q10: start-first fits with a host port while one node is free', () => {
  const ports = [{ target: 80, published: 80, mode: 'host' }];
  const at = (replicas: number) =>
    ask('start-first-fit', { replicas, update: { order: 'start-first' }, service: { ports } })!.severity;
  expect(at(3)).toBe('fine');
  expect(at(4)).toBe('problem');
});

test('Q10: start-first needs the room that the rest of the stack leaves', () => {
  // On four nodes of 8 GiB: a task of each service takes 6, a third one of 3 has no room.
  const heavy = { replicas: 4, deploy: { resources: { reservations: { memory: '3G' } } } };
  const api = serviceOf({ ...heavy, update: { order: 'start-first' } });
  const rule = SERVICE_FINDINGS.find(({ code }) => code === 'start-first-fit')!;
  expect(rule.find(subjectsIn({ api })[0]!)).toMatchObject({ severity: 'fine' });
  expect(rule.find(subjectsIn({ api, web: serviceOf(heavy) })[0]!)).toMatchObject({ severity: 'problem' });
});

test('Q11: eight failures in a row are survived with eight restarts, not with fewer', () => {
  const at = (max_attempts: number) => ask('retry-limit', { deploy: { restart_policy: { max_attempts } } })!.severity;
  expect(at(8)).toBe('fine');
  expect(at(7)).toBe('problem');
});

describe('Q12: what max_failure_ratio means', () => {
  test.each([
    // A third of three is more than 0.33 and less than 0.34.
    [3, 0.33, 'fine', 'is less than one'],
    [3, 0.34, 'fine', 'lets 1 of 3 tasks fail'],
    // 4 of 6 is 0.667.
    [6, 0.67, 'warning', 'lets 4 of 6 tasks fail'],
    [6, 1, 'problem', 'Nothing is ever caught'],
  ])('%i tasks, ratio %f: %s', (replicas, ratio, severity, words) => {
    const update = { ...WATCHED, max_failure_ratio: ratio };
    expect(ask('failure-ratio', { replicas, update })).toMatchObject({
      severity,
      message: expect.stringContaining(words),
    });
  });
});

test('Q13: a rollback that its delay and its watch make slow is not made quicker by more slots at a time alone', () => {
  const rollback_config = { parallelism: 3, delay: '10m', monitor: '30m' };
  const { message, fix } = ask('rollback', { deploy: { rollback_config } })!;
  expect(message).toContain('takes 50m');
  expect(fix!.text).toBe('rollback_config with delay: 1s, monitor: 1m');
});

test('Q13: a rollback goes one at a time, stop-first, unless rollback_config says otherwise', () => {
  expect(ask('rollback', { update: { ...WATCHED, parallelism: 6 } })!.message).toContain('at least 5 run');
  expect(ask('rollback', { deploy: { rollback_config: { parallelism: 0 } } })!.message).toContain(
    'nothing runs meanwhile',
  );
});

test('Q14: a pause leaves out what was in progress', () => {
  expect(ask('after-pause', { update: { parallelism: 2 } })!.message).toContain('4 of 6 tasks run the old version');
  expect(ask('after-pause', { update: WATCHED })).toBeUndefined();
});

test('Q15: a drain is an outage of a service of one, and not of one of two', () => {
  expect(ask('drain', { replicas: 1 })).toMatchObject({ severity: 'warning' });
  expect(ask('drain', { replicas: 2 })!.message).toContain('at least 1 of 2 tasks');
});

test('Q16: a node that was away stays without tasks', () => {
  // Six tasks on four nodes; those of the lost node go to the other three.
  const counts = /\(([\d, ]+) per node\)/.exec(askOfStack('rebalance', {})!.message)![1]!.split(', ').map(Number);
  expect(counts.sort()).toEqual([0, 2, 2, 2]);
});

test('Q17: with stop-first a pull is downtime, with start-first it is not', () => {
  expect(ask('slow-pull', { replicas: 1, service: CHECKED })!.message).toMatch(/nothing runs meanwhile.*for 3m/);
  expect(ask('slow-pull', { replicas: 1, update: { order: 'start-first' } })).toMatchObject({ severity: 'fine' });
});

test('Q18: a dead node is noticed when three heartbeats of 5 s are missing, and replaced after the restart delay', () => {
  const { message } = ask('dead-node', { deploy: { restart_policy: { delay: '20s' } } })!;
  const [noticed, restored] = [...message.matchAll(/after ([\d.]+)s/g)].map(([, seconds]) => Number(seconds));
  // The last heartbeat was up to one period before the death.
  expect(noticed).toBeGreaterThanOrEqual(10);
  expect(noticed).toBeLessThanOrEqual(16);
  // The image is on most nodes, so what is left is the delay and the start.
  expect(restored! - noticed!).toBeGreaterThanOrEqual(22);
});

test('Q19: services with the same tag are released together, unless it is latest', () => {
  const of = (image: string): Policy => ({ replicas: 2, update: WATCHED, service: { image } });
  expect(askOfStack('version-mix', of('api:3'), of('web:3'))!.message).toContain('web stays on the new version');
  expect(askOfStack('version-mix', of('api:3'), of('web:4'))).toBeUndefined();
  expect(askOfStack('version-mix', of('api:latest'), of('web:latest'))).toBeUndefined();
});

describe('Q25: why a task is not placed', () => {
  test('because the nodes are too small, of which nobody has said how large they are', () => {
    const deploy = { resources: { reservations: { cpus: '8' } } };
    expect(ask('never-placed', { replicas: 2, deploy })!.message).toMatch(
      /resources on 4 nodes\)\. Nodes are assumed to have/,
    );
    const stack = stackOf([
      { name: 'stack.json', content: JSON.stringify({ services: { api: serviceOf({ deploy }) } }) },
    ]);
    const scenario = defineScenario({ cluster: { node: { cpus: 6 } } });
    const told = SERVICE_FINDINGS.find(({ code }) => code === 'never-placed')!.find(
      subjectsOf(stack, { scenario })[0]!,
    )!;
    expect(told.message).toMatch(/resources on 4 nodes\)\.$/);
  });

  test('a scenario without a cluster leaves the one that is assumed, with its labels', () => {
    const deploy = { placement: { constraints: ['node.labels.zone==a'] } };
    const stack = stackOf([
      { name: 'stack.json', content: JSON.stringify({ services: { api: serviceOf({ deploy }) } }) },
    ]);
    const scenario = defineScenario({ images: { 'api:1': { pull: '1m' } } });
    expect(
      SERVICE_FINDINGS.find(({ code }) => code === 'never-placed')!.find(subjectsOf(stack, { scenario })[0]!),
    ).toBeUndefined();
  });

  const constrained = (...constraints: string[]) =>
    ask('impossible-constraint', { deploy: { placement: { constraints } } })?.message;

  test('because of a constraint that no node can match', () => {
    expect(constrained('node.zone!=a')).toContain('Swarm does not know the key node.zone');
    expect(constrained('node.role==worker', 'node.role==manager')).toContain('another constraint wants worker');
    expect(constrained('node.role==boss')).toContain('a role is manager or worker');
    expect(constrained('node.platform.arch==arm64')).toContain('nodes report aarch64');
  });

  test('labels that a constraint asks for are there, also with several values', () => {
    expect(constrained('node.labels.zone==a')).toBeUndefined();
    const deploy = { placement: { constraints: ['node.labels.zone==a', 'node.labels.disk==ssd'] } };
    expect(ask('never-placed', { deploy })).toBeUndefined();
  });
});
