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
  crash(machine: string): void;
  boot(machine: string): void;
  freeze(machine: string): void;
  thaw(machine: string): void;
  departed(machine: string): void;
  unlock(machine: string): void;
  readonly machines: {
    get(name: string): unknown;
    /** The machine that a node is, or was; any other name is a machine's own. */
    nameOf(node: string): string;
  };
  readonly cabling: {
    /** False where that is nothing new. */
    connect(machine: string, isConnected: boolean): boolean;
    partition(groups: readonly (readonly string[])[]): void;
    heal(): void;
    install(rule: Rule): RuleId;
    uninstall(id: RuleId): void;
  };
  forceNewCluster(machine: string): void;
  exitTask(task: string, code: number): void;
}

export function perform(target: ActionTarget, action: Action): void {
  switch (action.action) {
    case 'request':
      return target.request(action.request, action.on);
    case 'availability':
      return updateNode(target, action.node, { availability: action.availability });
    case 'crash':
    case 'boot':
    case 'freeze':
    case 'thaw':
    case 'leave':
    case 'unlock':
    case 'force-new-cluster':
      return performOn(target, action.action, target.machines.nameOf(action.node));
    case 'disconnect':
    case 'reconnect': {
      const machine = target.machines.nameOf(action.node);
      if (target.machines.get(machine) && target.cabling.connect(machine, action.action === 'reconnect'))
        target.noteFault(action.action, machine);
      return;
    }
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
    case 'exit':
      target.noteFault(`exit ${action.code}`, action.task);
      return target.exitTask(action.task, action.code);
  }
}

function performOn(
  target: ActionTarget,
  what: 'crash' | 'boot' | 'freeze' | 'thaw' | 'leave' | 'unlock' | 'force-new-cluster',
  machine: string,
): void {
  target.noteFault(what.replaceAll('-', ' '), machine);
  switch (what) {
    case 'crash':
      return target.crash(machine);
    case 'boot':
      return target.boot(machine);
    case 'freeze':
      return target.freeze(machine);
    case 'thaw':
      return target.thaw(machine);
    case 'leave':
      return target.departed(machine);
    case 'unlock':
      return target.unlock(machine);
    case 'force-new-cluster':
      return target.forceNewCluster(machine);
  }
}

/** With the version of this moment. */
function updateNode(target: ActionTarget, id: string, change: Partial<NodeSpec>): void {
  const node = target.store.nodes.get(id);
  if (node)
    target.request({ op: 'updateNode', id, version: node.version, spec: { ...node.spec, ...change } }, undefined);
}
