import { describe, expect, test } from 'vitest';
import {
  displayImage,
  formatReference,
  parseReference,
  referenceProblem,
  withDefaultTag,
} from '../../../../src/docker-cli/engine/image-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('the name of an image', () => {
  test.each([
    ['nginx', 'nginx:latest'],
    ['docker.io/library/nginx', 'nginx:latest'],
    ['index.docker.io/me/app:2', 'me/app:2'],
    ['reg:5000/a/b', 'reg:5000/a/b:latest'],
    ['localhost/app', 'localhost/app:latest'],
    [`nginx@${DIGEST}`, `nginx@${DIGEST}`],
  ])('%s is sent as %s', (written, sent) => {
    expect(formatReference(withDefaultTag(parseReference(written)!))).toBe(sent);
  });

  test('is shown without its digest if it has a tag', () => {
    expect(displayImage(`docker.io/library/nginx:1@${DIGEST}`)).toBe('nginx:1');
    expect(displayImage(`nginx@${DIGEST}`)).toBe(`nginx@${DIGEST}`);
    expect(displayImage('docker.io/library/nginx')).toBe('docker.io/library/nginx');
    expect(displayImage('Not An Image')).toBe('Not An Image');
  });

  test('is refused for capitals and for two colons, but not for being a bare digest', () => {
    expect(referenceProblem('App')).toBe('invalid reference format: repository name (library/App) must be lowercase');
    expect(referenceProblem('a:b:c')).toBe('invalid reference format');
    expect(referenceProblem('a'.repeat(256))).toBe('repository name must not be more than 255 characters');
    expect(referenceProblem(DIGEST)).toBeUndefined();
  });
});
