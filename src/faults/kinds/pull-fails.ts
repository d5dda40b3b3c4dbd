import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, NODES, ofImage, SHARE, strikeImages, which } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

export const pullFails = defineFault({
  kind: 'pull-fails',
  says: 'pulls fail; a node that has the image in its cache starts it all the same, the others reject their tasks',
  parameters: {
    image: IMAGE,
    share: SHARE,
    nodes: NODES,
    error: defaulted('text', 'manifest unknown: manifest unknown', 'what the registry says'),
  },
  strikes: 'from the deployment',
  lasts: { says: 'then pulls are good again. Default: it lasts' },
  describe: ({ image }) => `pulls ${ofImage(image)} fail`,
  strike: ({ image, error, ...some }, strike) => strikeImages(image, { pullFails: { ...which(some), error } }, strike),
  end: liftTrouble,
});
