import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, NODES, ofImage, SHARE, strikeImages, TROUBLE_LASTS, which } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

export const imageFails = defineFault({
  kind: 'image-fails',
  says: 'containers crash some time after their start; at once, if nothing else is said',
  parameters: {
    image: IMAGE,
    after: defaulted('uncertain', '0s', 'so long after its process runs'),
    share: SHARE,
    nodes: NODES,
    exitCode: defaulted('exitCode', 1, 'with this code'),
  },
  strikes: 'from the deployment',
  lasts: TROUBLE_LASTS,
  describe: ({ image, after }) => `containers ${ofImage(image)} crash ${after} after their start`,
  strike: ({ image, after, exitCode, ...some }, strike) =>
    strikeImages(image, { fails: { ...which(some), after, exitCode } }, strike),
  end: liftTrouble,
});
