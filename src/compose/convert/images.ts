import { compareText } from '../../base/index.ts';
import type { ComposeConfig } from '../load.ts';
import { ComposeError } from '../problem.ts';

/**
 * `docker stack deploy` refuses a service without an image, once the files are merged. Whether an image's name is well
 * formed is not looked at here. (cli/command/stack/loader.go)
 *
 * @throws ComposeError with stage `convert`.
 */
export function requireImages(config: ComposeConfig): void {
  for (const name of Object.keys(config.services).sort(compareText)) {
    if (config.services[name]!.image) continue;
    const message = `invalid image reference for service ${name}: no image specified`;
    throw new ComposeError('convert', message, config.positionOf(['services', name]), 'add an `image:`');
  }
}
