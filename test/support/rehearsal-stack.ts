import { type Stack, stackFromCompose } from '../../src/compose/index.ts';

/** A stack from the text of a Compose file. */
export function stackOf(content: string, namespace = 'shop'): Stack {
  return stackFromCompose([{ name: 'stack.yml', content }], { namespace, env: {}, workingDir: '/' } as never);
}

/** One service of four replicas, in a version of its image. */
export function apiStack(
  version: number,
  more: { readonly deploy?: string; readonly healthcheck?: string } = {},
): Stack {
  const { deploy = '', healthcheck } = more;
  return stackOf(`
services:
  api:
    image: shop/api:${version}
    ${healthcheck === undefined ? '' : `healthcheck: ${healthcheck}`}
    deploy: { replicas: 4, update_config: { parallelism: 2, order: start-first, monitor: 10s${deploy} } }
`);
}
