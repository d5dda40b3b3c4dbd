import type { ServiceSpec } from '../api/index.ts';
import type { ComposeConfig } from '../compose/index.ts';

/** What is deployed of a stack; a whole `Stack` is one. */
export interface DeployedStack {
  readonly services: readonly ServiceSpec[];
  readonly config: Pick<ComposeConfig, 'networks'> & Partial<Pick<ComposeConfig, 'positionOf'>>;
}

export interface Release {
  /** What runs now. */
  readonly from: DeployedStack;
  /** What is deployed next. */
  readonly to: DeployedStack;
}

/** Every image before and after, once each. */
export function imagesOf({ from, to }: Release): readonly string[] {
  return [...new Set([...imagesIn(from), ...imagesIn(to)])];
}

export function imagesIn({ services }: DeployedStack): readonly string[] {
  return [...new Set(services.map(({ task }) => task.container.image))];
}
