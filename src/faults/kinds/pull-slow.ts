import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, ofImage, strikeImages } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

export const pullSlow = defineFault({
  kind: 'pull-slow',
  says: 'pulls take long; a node that has the image waits for nothing',
  parameters: { image: IMAGE, takes: defaulted('uncertain', '5m', 'the first pull on a node') },
  strikes: 'from the deployment',
  lasts: { says: 'then pulls that begin are quick again. Default: it lasts' },
  describe: ({ image, takes }) => `pulls ${ofImage(image)} take ${takes}`,
  strike: ({ image, takes }, strike) => strikeImages(image, { pull: takes }, strike),
  end: liftTrouble,
});
