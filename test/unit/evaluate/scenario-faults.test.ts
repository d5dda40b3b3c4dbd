import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defineScenario, readScenario, type Scenario, scenarioSchema } from '../../../src/evaluate/index.ts';
import { FAULT_KINDS, type ParameterTypes, parametersOf } from '../../../src/faults/index.ts';
import { violations } from '../../support/json-schema.ts';

const read = (source: string): Scenario => readScenario(source, 'scenario.yml');

describe('a scenario file', () => {
  test('says of each kind of fault what its parameters are', () => {
    const { faults } = read(`
faults:
  - { kind: node-crash, node: any worker, when: half updated, of: api, delay: 5s, for: 1m }
  - { kind: image-fails, after: 3s ± 1s, share: 30%, nodes: [w1], exitCode: 3, at: 10s }
  - { kind: partition, groups: [[m1], [m2, m3]], at: during update }
  - { kind: leader-crash, optional: true }
  - { kind: container-crash, count: 2 }
`);
    expect(faults).toEqual([
      { kind: 'node-crash', node: 'any worker', when: 'half updated', of: 'api', delay: '5s', for: '1m' },
      { kind: 'image-fails', after: '3s ± 1s', share: '30%', nodes: ['w1'], exitCode: 3, at: '10s' },
      { kind: 'partition', groups: [['m1'], ['m2', 'm3']], at: 'during update' },
      { kind: 'leader-crash', optional: true },
      { kind: 'container-crash', count: 2 },
    ]);
  });

  test('names the files of its release, and what must not happen', () => {
    const { files, seeds, gates } = read(`
from: now.yml
to: [now.yml, next.yml]
stack: shop
seeds: 50
failOn: [lowest running < 4, 'api: stuck']
`);
    expect(files).toEqual({ from: ['now.yml'], to: ['now.yml', 'next.yml'], stack: 'shop' });
    expect(seeds).toBe(50);
    expect(gates?.map(({ text, service }) => [text, service])).toEqual([
      ['lowest running < 4', undefined],
      ['stuck', 'api'],
    ]);
  });

  test.each([
    ['faults: [{ kind: node-crsh }]', '1:18', 'faults[0].kind must be one of image-fails'],
    ['faults: [{ node: w1 }]', '1:10', 'faults[0] needs kind'],
    ['faults:\n  - { kind: node-crash, nodes: [w1] }', '2:25', 'faults[0] has no key "nodes"'],
    ['faults: [{ kind: container-crash, for: 3s }]', '1:35', 'faults[0] has no key "for"'],
    ['faults: [{ kind: zone-outage }]', '1:10', 'faults[0] needs label'],
    ['faults: [{ kind: node-crash, at: soon }]', '1:34', 'faults[0].at: time: invalid duration "soon"'],
    ['faults: [{ kind: node-crash, at: 3 }]', '1:34', 'faults[0].at must be a duration'],
    ['faults: [{ kind: node-crash, when: later }]', '1:36', 'faults[0].when must be one of updating'],
    ['faults: [{ kind: node-crash, at: 3s, when: updating }]', '1:10', 'faults[0]: node-crash has both at and when'],
    ['faults: [{ kind: node-crash, delay: 3s }]', '1:10', 'faults[0]: node-crash has delay without when'],
    ['faults: [{ kind: container-crash, count: 0 }]', '1:42', 'faults[0].count must be a whole number from 1 up'],
    [
      'faults: [{ kind: image-fails, exitCode: 256 }]',
      '1:41',
      'faults[0].exitCode must be a whole number from 0 to 255',
    ],
    ['faults: [{ kind: image-fails, share: 2 }]', '1:38', 'faults[0].share: share 2 is not between 0 and 1'],
    ['faults: [{ kind: image-fails, after: 1s.. }]', '1:38', 'faults[0].after: time: invalid duration "1s.."'],
    ['faults: [{ kind: partition, groups: [m1] }]', '1:38', 'faults[0].groups[0] must be a list'],
    ['faults: [{ kind: leader-crash, optional: yes }]', '1:42', 'faults[0].optional must be true or false'],
    ['failOn: nonsense', '1:9', 'failOn: cannot read the gate "nonsense"'],
    ['from: a.yml', '1:1', 'a scenario that names its files needs both from and to'],
    ['seeds: 0', '1:8', 'seeds must be a whole number from 1 to 10000'],
  ])('is refused with its place: %s', (source, place, message) => {
    const [line, column] = place.split(':').map(Number);
    expect(() => read(source)).toThrow(expect.objectContaining({ file: 'scenario.yml', line, column }));
    expect(() => read(source)).toThrow(message);
  });

  test('and the same in TypeScript are one scenario', () => {
    const definition = {
      name: 'a bad day',
      cluster: { managers: 3 },
      images: { 'shop/api:2': { pull: '8s' } },
      faults: [{ kind: 'node-crash', for: '1m' }],
      expect: { outcome: 'rolled back', running: '>= 3' },
      failOn: 'stuck',
    } as const;
    expect(defineScenario(definition)).toEqual(read(JSON.stringify(definition)));
  });
});

describe('the schema of scenario files', () => {
  const published = JSON.parse(readFileSync(new URL('../../../schema/scenario.schema.json', import.meta.url), 'utf8'));

  test('that is published is the one that the keys give: `npm run schema` writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(scenarioSchema())));
  });

  test.each(['bad-v5', 'good-v3'])('fits the scenario %s of the examples', (name) => {
    const path = new URL(`../../../examples/numbers/${name}.yml`, import.meta.url);
    expect(violations(parse(readFileSync(path, 'utf8')), published)).toEqual([]);
  });

  test('fits what may be said of each kind of fault, and of no other', () => {
    for (const kind of FAULT_KINDS) {
      const parameters = Object.entries(parametersOf(kind as never));
      const whole = Object.fromEntries(parameters.map(([name, { type }]) => [name, EXAMPLES[type]]));
      const { when: _, delay: __, of: ___, ...timed } = whole;
      const { at: ____, ...waiting } = whole;
      for (const fault of [timed, waiting])
        expect(violations({ faults: [{ ...fault, kind: kind.kind }] }, published), kind.kind).toEqual([]);
      expect(() => read(JSON.stringify({ faults: [{ ...timed, kind: kind.kind }] })), kind.kind).not.toThrow();
      expect(violations({ faults: [{ kind: kind.kind, colour: 'red' }] }, published), kind.kind).not.toEqual([]);
    }
  });
});

/** A value of each type of parameter. */
const EXAMPLES: ParameterTypes = {
  duration: '30s',
  period: '30s',
  uncertain: '8s ± 2s',
  moment: 'during update',
  phase: 'updating',
  count: 2,
  exitCode: 3,
  share: '30%',
  node: 'any worker',
  nodes: ['w1'],
  service: 'api',
  image: 'shop/api:2',
  text: 'manifest unknown',
  label: 'zone=a',
  groups: [['m1'], ['m2', 'm3']],
  flag: true,
};
