/** A task's place in the load balancing and the names of its networks. */
import type { ControllerState, ExecutorContext } from './context.ts';

export function activate(context: ExecutorContext, { task, container }: ControllerState): void {
  context.record('container.activated', { container });
  context.rotated(task, 'in');
}

export function deactivate(context: ExecutorContext, { task, container }: ControllerState): void {
  context.record('container.deactivated', { container });
  context.rotated(task, 'draining');
}

/** Whether there is anything to take it out of: any network but the engine's own bridge. */
export function isBalanced({ node }: ExecutorContext, { task }: ControllerState): boolean {
  return (task.networks ?? []).some(({ networkId }) => {
    const network = node.network(networkId);
    return network !== undefined && !(network.driver === 'bridge' && network.name === 'bridge');
  });
}
