import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, NODES, ofImage, SHARE, strikeImages, TROUBLE_LASTS, which } from '../image-trouble.ts';
import { optional, required } from '../parameter.ts';

export const imageUnhealthy = defineFault({
  kind: 'image-unhealthy',
  says: 'containers are healthy first, and from some age on their health probes fail',
  parameters: {
    image: IMAGE,
    after: required('uncertain', 'so long after its process runs'),
    lasts: optional('uncertain', 'a container is healthy again after so long. Default: it is not'),
    share: SHARE,
    nodes: NODES,
  },
  strikes: 'from the deployment',
  lasts: TROUBLE_LASTS,
  describe: ({ image, after }) => `containers ${ofImage(image)} become unhealthy ${after} after their start`,
  strike: ({ image, after, lasts, ...some }, strike) =>
    strikeImages(image, { unhealthy: { ...which(some), after, ...(lasts !== undefined && { lasts }) } }, strike),
  end: liftTrouble,
});
