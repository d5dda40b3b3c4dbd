import { describe, expect, test } from 'vitest';
import { ComposeError, type ComposeFile, type LoadOptions, loadCompose } from '../../../src/compose/index.ts';

function load(content: string, options: LoadOptions = {}) {
  return loadCompose([{ name: 'app.yml', content }], options);
}

function refusal(content: ComposeFile['content'], options: LoadOptions = {}): ComposeError {
  try {
    loadCompose([{ name: 'app.yml', content }], options);
  } catch (error) {
    if (error instanceof ComposeError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('reading', () => {
  test('an empty file is no mapping', () => {
    expect(refusal('').message).toBe('top-level object must be a mapping');
  });

  test('a file that does not exist is named as docker names it', () => {
    expect(refusal(undefined).message).toBe('open app.yml: no such file or directory');
  });

  test('a file of ten megabytes is refused before it is parsed', () => {
    const error = refusal(`# ${'x'.repeat(10 * 1024 * 1024)}`);
    expect(error.message).toBe('app.yml is too large: 10.0 MiB, the limit is 1.0 MiB');
  });

  test('the limit for a file can be raised', () => {
    const content = `# ${'x'.repeat(5 * 1024 * 1024)}\nservices: {}\n`;
    expect(load(content, { maxBytes: 8 * 1024 * 1024 }).services).toEqual({});
  });

  test.each([
    [[0x61, 0x3a, 0x20, 0xff], 'yaml: invalid leading UTF-8 octet'],
    [[0x61, 0x3a, 0x20, 0xc3, 0x28], 'yaml: invalid trailing UTF-8 octet'],
    [[0x61, 0x3a, 0x20, 0xe2, 0x82], 'yaml: incomplete UTF-8 octet sequence'],
  ])('bytes that are no UTF-8 are refused with their place (%j)', (bytes, message) => {
    const error = refusal(Uint8Array.from(bytes));
    expect(error).toMatchObject({ message, file: 'app.yml', line: 1, column: 4 });
  });

  test('a control character is refused with its place', () => {
    expect(refusal('a: 1\nb: \u0001\n')).toMatchObject({
      message: 'yaml: control characters are not allowed',
      line: 2,
      column: 4,
    });
  });

  test('UTF-16 is understood in both byte orders if a byte order mark says so', () => {
    const text = 'services: {web: {image: é}}\n';
    const little = Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    const big = Uint8Array.from([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()]);
    for (const content of [little, big]) {
      expect(loadCompose([{ name: 'app.yml', content }]).services.web?.image).toBe('é');
    }
  });
});

describe('what to do about it', () => {
  const hintOf = (content: string): string | undefined => {
    try {
      loadCompose([{ name: 'base.yml', content }]);
    } catch (error) {
      return (error as ComposeError).hint;
    }
    return undefined;
  };

  test.each([
    ['imgae', 'did you mean image?'],
    ['comand', 'did you mean command?'],
    ['ports_', 'did you mean ports?'],
    ['envFile', 'did you mean env_file?'],
    ['profiles', 'only docker compose knows it; take it out of the files for a swarm'],
    ['team', 'take it out, or keep it under a name that begins with x- at the top of the file'],
  ])('a service has no key %s', (key, hint) => {
    expect(hintOf(`services: {api: {image: x, ${key}: 1}}`)).toBe(hint);
  });

  test.each([
    ['stop_grace_period: soon', 'write a number and a unit (ns, us, ms, s, m, h): 90s, 1m30s, 24h'],
    ['ports: ["70000:80"]', 'write 80, 8080:80 or 8080:80/udp, with ports from 1 to 65535'],
  ])('a service may not say %s', (body, hint) => {
    expect(hintOf(`services: {api: {image: x, ${body}}}`)).toBe(hint);
  });

  test('tabs do not indent', () => {
    expect(hintOf('services:\n\tapi: {}\n')).toBe('YAML is indented with spaces, not with tabs');
    expect(hintOf('services: @\n')).toBeUndefined();
  });
});

describe('hostile YAML', () => {
  test('a billion laughs are refused', () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const items = level === 0 ? Array(9).fill('lol') : Array(9).fill(`*l${level - 1}`);
      return `l${level}: &l${level} [${items.join(', ')}]`;
    });
    expect(refusal(`x-a:\n${levels.map((line) => `  ${line}\n`).join('')}`).message).toBe(
      'yaml: document contains excessive aliasing',
    );
  });

  test('an anchor that contains itself is refused', () => {
    expect(refusal('x-a: &a [*a]\n').message).toBe("yaml: anchor 'a' value contains itself");
  });

  test.each([
    ['lists', `x-a: ${'['.repeat(100_000)}`],
    ['mappings', `x-a: ${'{a: '.repeat(100_000)}`],
    ['blocks', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('%s nested without end are refused', (_kind, content) => {
    expect(refusal(content).message).toMatch(/exceeded max depth of 200$/);
  });

  test('of a key that is repeated without end, the first hundred repetitions are reported', () => {
    const { message } = refusal('a:\n'.repeat(300_000));
    expect(message.split('\n').slice(0, 2)).toEqual([
      'yaml: unmarshal errors:',
      '  line 2: mapping key "a" already defined at line 1',
    ]);
    expect(message.split('\n')).toHaveLength(101);
  });

  test('a key that is a mapping is refused: an unquoted template', () => {
    expect(refusal('services: {web: {image: {{tag}}}}\n').message).toMatch(/^yaml: invalid map key: map\[string\]/);
  });

  test('keys such as __proto__ are keys like any other', () => {
    const config = load('services: {web: {image: i, labels: {__proto__: x, constructor: y}}}\n');
    expect(Object.entries(config.services.web!.labels!)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('places', () => {
  const base = 'services:\n  web:\n    image: nginx\n    deploy:\n      replicas: 2\n';
  const override = 'services:\n  web:\n    deploy: {replicas: 6}\n    environment: [A=1]\n';
  const config = loadCompose([
    { name: 'base.yml', content: base },
    { name: 'prod.yml', content: override },
  ]);

  test('a value stands where the file that won has it', () => {
    expect(config.positionOf('services.web.deploy.replicas')).toEqual({ file: 'prod.yml', line: 3, column: 24 });
    expect(config.positionOf('services.web.image')).toEqual({ file: 'base.yml', line: 3, column: 12 });
  });

  test('a section stands where its key is', () => {
    expect(config.positionOf('services.web.deploy')).toEqual({ file: 'base.yml', line: 4, column: 5 });
  });

  test('an entry of a list that became a mapping keeps its place', () => {
    expect(config.positionOf(['services', 'web', 'environment', 'A'])).toEqual({
      file: 'prod.yml',
      line: 4,
      column: 19,
    });
  });

  test('an unknown path has the place of the part that is known', () => {
    expect(config.positionOf('services.web.deploy.labels.x')).toEqual(config.positionOf('services.web.deploy'));
  });

  test('keys with dots are found', () => {
    const dotted = load('services:\n  my.app:\n    labels: {a.b: c}\n');
    expect(dotted.positionOf('services.my.app.labels.a.b')).toEqual({ file: 'app.yml', line: 3, column: 19 });
  });

  test.each(['80-', '-80', '80-79', '80:', '80/xyz', '1.2.3:80:80'])('%s is no port', (port) => {
    expect(refusal(`services: {web: {ports: ["${port}"]}}`).message).toBe(
      "services.web.ports.0 Does not match format 'ports'",
    );
  });

  test('errors of every stage have a place', () => {
    const cases: [string, string, number, number][] = [
      [`services: {web: {image: "\${X:?set it}"}}`, 'interpolation', 1, 25],
      ['services:\n  web: {imagee: x}\n', 'schema', 2, 9],
      ['services:\n  web: {deploy: {replicas: -1}}\n', 'decode', 2, 28],
      ['services:\n  web: {mem_limit: 1}\n', 'forbidden', 2, 9],
      ['version: "9"\n', 'version', 1, 1],
      ['services: [\n', 'yaml', 2, 1],
    ];
    for (const [content, stage, line, column] of cases) {
      expect(refusal(content)).toMatchObject({ stage, file: 'app.yml', line, column });
    }
  });
});

describe('surroundings', () => {
  test('env files are read from the working directory, and `environment` wins over them', () => {
    const config = load('services: {web: {env_file: app.env, environment: [B=own]}}', {
      workingDir: '/srv',
      env: { C: 'from outside' },
      readFile: (path) => (path === '/srv/app.env' ? '# comment\nA= kept as it is \nB=file\nC\nD\n' : undefined),
    });
    expect(config.services.web?.environment).toEqual({ A: ' kept as it is ', B: 'own', C: 'from outside' });
  });

  test('a missing env file is named by its absolute path', () => {
    expect(refusal('services: {web: {env_file: ../x.env}}', { workingDir: '/srv/app' }).message).toBe(
      'open /srv/x.env: no such file or directory',
    );
  });

  test('`~` is the home folder, and docker says so if there is none', () => {
    const content = 'services: {web: {volumes: ["~/data:/data"]}}';
    expect(load(content, { home: '/home/me' }).services.web?.volumes?.[0]?.source).toBe('/home/me/data');
    const homeless = load(content, { workingDir: '/srv' });
    expect(homeless.services.web?.volumes?.[0]?.source).toBe('/srv/~/data');
    expect(homeless.warnings).toEqual(["cannot expand '~', because the environment lacks HOME"]);
  });

  test('variables are left alone on request', () => {
    const config = load('services: {web: {image: "a:$TAG"}}', { variables: 'leave' });
    expect(config.services.web?.image).toBe('a:$TAG');
  });

  test('keys that Swarm does not act on are listed as `stack deploy` announces them', () => {
    const { ignored } = load('services: {web: {links: [a], build: ., container_name: c}}');
    expect(ignored).toEqual({
      unsupported: ['build', 'links'],
      deprecated: ['container_name: Setting the container name is not supported.'],
    });
  });
});
