/** Ports of the node that containers bind in host mode. */
import type { PortConfig } from '../../api/index.ts';
import type { ContainerConfig, EngineState } from './context.ts';

/** Where the engine begins to look for a port that nobody named. */
const FIRST_EPHEMERAL = 32_768;

export interface PortBinding {
  readonly bound: readonly PortConfig[];
  /** Why the ports cannot be had. */
  readonly error: string | undefined;
}

/** All of a container's ports, or none of them. (moby daemon/libnetwork/portallocator) */
export function bindPorts(state: EngineState, { hostPorts, name, id }: ContainerConfig): PortBinding {
  const taken = [...state.containers.values()].flatMap((container) => container.boundPorts);
  const bound: PortConfig[] = [];
  for (const port of hostPorts) {
    const isTaken = (number: number) =>
      [...taken, ...bound].some((other) => other.publishedPort === number && other.protocol === port.protocol);
    let publishedPort = port.publishedPort;
    if (publishedPort === 0) {
      publishedPort = FIRST_EPHEMERAL;
      while (isTaken(publishedPort)) publishedPort += 1;
    } else if (isTaken(publishedPort)) {
      return {
        bound: [],
        error:
          'failed to set up container networking: driver failed programming external connectivity on endpoint ' +
          `${name} (${id}): Bind for 0.0.0.0:${publishedPort} failed: port is already allocated`,
      };
    }
    bound.push({ ...port, publishedPort });
  }
  return { bound, error: undefined };
}
