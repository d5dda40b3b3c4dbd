import type { DataObject } from '../objects.ts';
import { driverFromEngine } from './container-from-engine.ts';
import { driverToEngine } from './container-to-engine.ts';
import type { EpochOption } from './instants.ts';
import { metaToEngine } from './meta.ts';
import { omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/** A secret or config that a client sends; the data stays base64. (moby daemon/cluster/convert/secret.go, config.go) */
export function dataSpecFromEngine(spec: Engine.SecretSpec): DataObject['spec'] {
  return {
    name: spec.Name ?? '',
    labels: spec.Labels ?? {},
    data: spec.Data ?? '',
    ...(spec.Driver && { driver: driverFromEngine(spec.Driver) }),
    ...(spec.Templating && { templating: driverFromEngine(spec.Templating) }),
  };
}

/** A secret as the engine shows it: without its data. */
export function secretToEngine(secret: DataObject, epoch?: EpochOption): Engine.Secret {
  const { name, labels, driver, templating } = secret.spec;
  return {
    ...metaToEngine(secret, epoch),
    Spec: {
      Name: name,
      Labels: labels,
      ...omitEmpty<Engine.SecretSpec>({
        Driver: driver && driverToEngine(driver),
        Templating: templating && driverToEngine(templating),
      }),
    },
  };
}

export function configToEngine(config: DataObject, epoch?: EpochOption): Engine.Config {
  const { name, labels, data, templating } = config.spec;
  return {
    ...metaToEngine(config, epoch),
    Spec: {
      Name: name,
      Labels: labels,
      ...omitEmpty<Engine.ConfigSpec>({ Data: data, Templating: templating && driverToEngine(templating) }),
    },
  };
}
