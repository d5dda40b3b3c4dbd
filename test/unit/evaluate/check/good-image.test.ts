import { expect, test } from 'vitest';
import { goodImage } from '../../../../src/evaluate/check/good-image.ts';
import { type ServiceDefinition, specOf } from '../../../../src/swarm/index.ts';

const spec = (mode: ServiceDefinition['mode'] = 'replicated') => specOf({ name: 'api', image: 'api:1', mode });

test('an image that nobody speaks of is pulled in 5 s and starts in 2 s', () => {
  expect(goodImage(spec(), {})).toEqual({ pull: '5s', start: '2s', stop: '1s' });
});

test('a good image takes as long as the scenario says, and has none of its faults', () => {
  const image = { pull: '1m', start: { takes: '9s', fails: {} }, fails: { after: '20s' }, unhealthy: { after: '1s' } };

  expect(goodImage(spec(), { 'api:1': image })).toEqual({ pull: '1m', start: '9s', stop: '1s' });
});

test('the image of a job ends by itself', () => {
  expect(goodImage(spec('replicated-job'), {})).toMatchObject({ completes: '5s' });
  expect(goodImage(spec('global-job'), { 'api:1': { completes: '1h' } })).toMatchObject({ completes: '1h' });
});
