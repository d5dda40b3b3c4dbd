import { DryswarmError } from '../../base/index.ts';
import { defineFault, type Strike } from '../define-fault.ts';
import { toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE, required } from '../parameter.ts';
import { draw, nameOf, upNodes } from '../select.ts';

export const zoneOutage = defineFault({
  kind: 'zone-outage',
  says: 'all machines that share a label lose their power at once: a rack, a room, a data centre',
  parameters: {
    label: required('label', '`zone=a`: the nodes with this label; `zone`: those of one zone, drawn with the seed'),
  },
  strikes: DURING_UPDATE,
  lasts: { says: 'then they are switched on again. Default: they stay off' },
  describe: ({ label }) => `all nodes of ${label} crash`,
  check: ({ label }) => requireLabel(label),
  strike({ label }, strike) {
    const nodes = nodesOf(label, strike);
    for (const { id } of nodes) strike.port.crash(id);
    return { targets: nodes.map(nameOf) };
  },
  end: toThoseNodes((port, id) => port.boot(id)),
});

/** A name, and maybe a value. */
export const LABEL = /^[^=]+(=.*)?$/;

/** @throws DryswarmError (`invalid-fault`) */
export function requireLabel(label: string): void {
  if (LABEL.test(label)) return;
  throw new DryswarmError('invalid-fault', `${JSON.stringify(label)} is no label`, 'write zone=a, or zone');
}

function nodesOf(label: string, strike: Strike) {
  const [key, ...rest] = label.split('=');
  const labelled = upNodes(strike).flatMap((node) => {
    const value = node.spec.labels[key!];
    return value === undefined ? [] : [{ node, value }];
  });
  const values = [...new Set(labelled.map(({ value }) => value))].sort();
  const wanted = rest.length > 0 ? rest.join('=') : draw(values, strike, 'zone');
  return labelled.filter(({ value }) => value === wanted).map(({ node }) => node);
}
