/** Whom a fault strikes. */
import type { Node, Task } from '../api/index.ts';
import { compareText } from '../base/index.ts';
import type { Strike } from './define-fault.ts';
import { isNamed } from './phase.ts';
import type { FaultPort } from './port.ts';

/** Whether a fault can do anything to a node. */
export type Strikable = (port: FaultPort, node: Node) => boolean;

/** One node by its name or by what it is, among the machines that are up and can be struck; undefined where there is none. */
export function selectNode(wanted: string, strike: Strike, canBeStruck: Strikable = () => true): Node | undefined {
  const { port } = strike;
  const up = upNodes(strike).filter((node) => canBeStruck(port, node));
  switch (wanted) {
    case 'any':
      return draw(up, strike, 'node');
    case 'any worker':
      return draw(
        up.filter(({ role }) => role === 'worker'),
        strike,
        'node',
      );
    case 'any manager':
      return draw(
        up.filter(({ role }) => role === 'manager'),
        strike,
        'node',
      );
    case 'leader': {
      const leader = port.leader();
      return up.find(({ id }) => id === leader);
    }
    default:
      return up.find((node) => node.id === wanted || nameOf(node) === wanted);
  }
}

/** The machines that are up, by name. */
export function upNodes({ port }: Strike): readonly Node[] {
  return port
    .nodes()
    .filter(({ id }) => port.isUp(id))
    .sort((a, b) => compareText(nameOf(a), nameOf(b)) || compareText(a.id, b.id));
}

export function nameOf(node: Node): string {
  return node.description?.hostname ?? node.id;
}

/** One of several, by chance. */
export function draw<T>(items: readonly T[], strike: Strike, purpose: string): T | undefined {
  return items[Math.floor(strike.luck(purpose) * items.length)];
}

/** So many of several, drawn without putting back. */
export function drawSome<T>(items: readonly T[], count: number, strike: Strike, purpose: string): readonly T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) {
    const index = Math.floor(strike.luck(`${purpose}/${drawn.length}`) * left.length);
    drawn.push(...left.splice(index, 1));
  }
  return drawn;
}

export interface ContainerSelection {
  readonly service?: string;
  readonly image?: string;
  readonly node?: string;
}

/** Running tasks on machines that are awake, by service, slot and id. */
export function selectTasks({ service, image, node }: ContainerSelection, { port }: Strike): readonly Task[] {
  const names = new Map(port.nodes().map((known) => [known.id, nameOf(known)]));
  return port
    .running()
    .filter(
      (task) =>
        port.isAwake(task.nodeId) &&
        (service === undefined || isNamed(task.serviceName, service)) &&
        (image === undefined || isSameImage(task.spec.container.image, image)) &&
        (node === undefined || names.get(task.nodeId) === node || task.nodeId === node),
    )
    .sort((a, b) => compareText(a.serviceName, b.serviceName) || a.slot - b.slot || compareText(a.id, b.id));
}

/** A running task in words: its slot, or for a global service its node. */
export function taskName({ serviceName, slot, nodeId }: Task, { port }: Strike): string {
  if (slot !== 0) return `${serviceName}.${slot}`;
  const node = port.nodes().find(({ id }) => id === nodeId);
  return `${serviceName} on ${node ? nameOf(node) : nodeId}`;
}

/** The images that `wanted` names; without it, those that are new with the deployment. */
export function selectImages(wanted: string | undefined, { port }: Strike): readonly string[] {
  return wanted === undefined ? port.newImages() : port.images().filter((image) => isSameImage(image, wanted));
}

/** A reference may leave out its tag and carry a digest. */
export function isSameImage(image: string, wanted: string): boolean {
  return withTag(image) === withTag(wanted);
}

function withTag(reference: string): string {
  const plain = reference.replace(/@.*$/, '');
  return /:[^/]*$/.test(plain) ? plain : `${plain}:latest`;
}
