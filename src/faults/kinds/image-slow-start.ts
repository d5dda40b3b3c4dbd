import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, ofImage, strikeImages, TROUBLE_LASTS } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

export const imageSlowStart = defineFault({
  kind: 'image-slow-start',
  says: 'containers take long until their process runs',
  parameters: { image: IMAGE, takes: defaulted('uncertain', '60s', 'so long') },
  strikes: 'from the deployment',
  lasts: TROUBLE_LASTS,
  describe: ({ image, takes }) => `containers ${ofImage(image)} take ${takes} to start`,
  strike: ({ image, takes }, strike) => strikeImages(image, { start: takes }, strike),
  end: liftTrouble,
});
