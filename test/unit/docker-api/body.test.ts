import { describe, expect, test } from 'vitest';
import { Session, serviceBody } from './session.ts';

describe('the names of fields', () => {
  test('are matched without regard to case', () => {
    const session = new Session();

    session.body('POST', '/services/create', {
      body: {
        name: 'web',
        tasktemplate: { containerspec: { IMAGE: 'web:v1' } },
        Mode: { replicated: { Replicas: 5 } },
        UpdateConfig: { failureaction: 'rollback' },
      },
    });

    const { Spec } = session.body('GET', '/services/web');
    expect(Spec.Mode).toEqual({ Replicated: { Replicas: 5 } });
    expect(Spec.TaskTemplate.ContainerSpec.Image).toBe('web:v1');
    expect(Spec.UpdateConfig.FailureAction).toBe('rollback');
  });

  test('keys of labels and options are no names of fields', () => {
    const session = new Session();

    session.create('web', { Labels: { NAME: 'a', name: 'b', image: 'c' } });

    expect(session.body('GET', '/services/web').Spec.Labels).toEqual({ NAME: 'a', name: 'b', image: 'c' });
  });

  test('unknown ones are ignored, and null is as good as absent', () => {
    const session = new Session();
    const TaskTemplate = { ContainerSpec: { Image: 'web:v1', Command: null, Args: null, Init: null }, Networks: null };

    session.create('web', { Labels: null, EndpointSpec: null, UpdateConfig: null, TaskTemplate, Unheard: 1 });

    const { Spec } = session.body('GET', '/services/web');
    expect(Spec).toMatchObject({ Labels: {}, Mode: { Replicated: { Replicas: 1 } } });
    expect(Spec.UpdateConfig).toBeUndefined();
    expect(Object.keys(Spec.TaskTemplate.ContainerSpec)).toEqual(['Image', 'Isolation']);
  });
});

describe('a value of the wrong kind is refused', () => {
  test.each([
    [{ Mode: { Replicated: { Replicas: '3' } } }, 'Mode.Replicated.Replicas must be a whole number, not "3"'],
    [{ Mode: { Replicated: { Replicas: 1.5 } } }, 'Mode.Replicated.Replicas must be a whole number, not 1.5'],
    [{ Labels: ['a'] }, 'Labels must be an object with texts, not ["a"]'],
    [{ Labels: { a: 1 } }, 'Labels must be an object with texts, not {"a":1}'],
    [{ Name: 7 }, 'Name must be a text, not 7'],
    [{ EndpointSpec: { Ports: {} } }, 'EndpointSpec.Ports must be a list, not {}'],
    [{ EndpointSpec: { Ports: ['80'] } }, 'EndpointSpec.Ports must be an object, not "80"'],
    [{ UpdateConfig: { MaxFailureRatio: '0.5' } }, 'UpdateConfig.MaxFailureRatio must be a number, not "0.5"'],
  ])('%j', (spec, problem) => {
    const refusal = new Session().refusal('POST', '/services/create', { body: serviceBody('web', spec) });

    expect(refusal).toBe(`400 invalid JSON: ${problem}`);
  });

  test('and so is a body that is no object', () => {
    expect(new Session().refusal('POST', '/services/create', { body: [] })).toBe(
      '400 invalid JSON: the body must be an object, not []',
    );
  });

  test('an absent body is an empty one', () => {
    expect(new Session().refusal('POST', '/services/create')).toBe('400 mismatched Runtime and *Spec fields');
  });
});
