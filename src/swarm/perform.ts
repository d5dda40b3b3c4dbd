/** Does to a swarm what an action says. */
import type { NodeSpec } from '../api/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import type { Rule, RuleId } from '../network/index.ts';
import type { ReadView } from '../store/index.ts';
import type { Action } from './action.ts';

/** A swarm, as actions need it. */
export interface ActionTarget {
  readonly store: ReadView;
  request(request: ApiRequest, on: string | undefined): void;
  noteFault(fault: string, target: string): void;
  crash(node: string): void;
  boot(node: string): void;
  freeze(node: string): void;
  thaw(node: string): void;
  readonly machines: { has(name: string): boolean };
  readonly cabling: {
    /** False where that is nothing new. */
    connect(machine: string, isConnected: boolean): boolean;
    partition(groups: readonly (readonly string[])[]): void;
    heal(): void;
    install(rule: Rule): RuleId;
    uninstall(id: RuleId): void;
  };
  forceNewCluster(node: string): void;
  exitTask(task: string, code: number): void;
}

export function perform(target: ActionTarget, action: Action): void {
  switch (action.action) {
    case 'request':
      return target.request(action.request, action.on);
    case 'availability':
      return updateNode(target, action.node, { availability: action.availability });
    case 'crash':
      target.noteFault('crash', action.node);
      return target.crash(action.node);
    case 'boot':
      target.noteFault('boot', action.node);
      return target.boot(action.node);
    case 'freeze':
      target.noteFault('freeze', action.node);
      return target.freeze(action.node);
    case 'thaw':
      target.noteFault('thaw', action.node);
      return target.thaw(action.node);
    case 'disconnect':
    case 'reconnect':
      if (target.machines.has(action.node) && target.cabling.connect(action.node, action.action === 'reconnect'))
        target.noteFault(action.action, action.node);
      return;
    case 'partition':
      target.noteFault('partition', action.groups.map((group) => group.join(' ')).join(' | '));
      return target.cabling.partition(action.groups);
    case 'heal':
      target.noteFault('heal', 'network');
      return target.cabling.heal();
    case 'install-rule':
      target.noteFault('rule installed', target.cabling.install(action.rule));
      return;
    case 'uninstall-rule':
      target.noteFault('rule uninstalled', action.id);
      return target.cabling.uninstall(action.id);
    case 'force-new-cluster':
      target.noteFault('force new cluster', action.node);
      return target.forceNewCluster(action.node);
    case 'exit':
      target.noteFault(`exit ${action.code}`, action.task);
      return target.exitTask(action.task, action.code);
  }
}

/** With the version of this moment. */
function updateNode(target: ActionTarget, id: string, change: Partial<NodeSpec>): void {
  const node = target.store.nodes.get(id);
  if (node)
    target.request({ op: 'updateNode', id, version: node.version, spec: { ...node.spec, ...change } }, undefined);
}
