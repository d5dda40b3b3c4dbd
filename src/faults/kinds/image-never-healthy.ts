import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, NODES, ofImage, SHARE, strikeImages, TROUBLE_LASTS, which } from '../image-trouble.ts';

export const imageNeverHealthy = defineFault({
  kind: 'image-never-healthy',
  says: 'every health probe of its containers fails; without a health check nobody notices',
  parameters: { image: IMAGE, share: SHARE, nodes: NODES },
  strikes: 'from the deployment',
  lasts: TROUBLE_LASTS,
  describe: ({ image }) => `containers ${ofImage(image)} never become healthy`,
  strike: ({ image, ...some }, strike) => strikeImages(image, { neverHealthy: which(some) }, strike),
  end: liftTrouble,
});
