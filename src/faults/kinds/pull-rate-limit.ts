import { defineFault } from '../define-fault.ts';
import { IMAGE, liftTrouble, ofImage, strikeImages } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

/** In the words of Docker Hub. */
const ERROR =
  'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit';

export const pullRateLimit = defineFault({
  kind: 'pull-rate-limit',
  says: 'the registry answers so many pulls of an image, and refuses further ones; nodes that have it go on',
  parameters: {
    image: IMAGE,
    pulls: defaulted('count', 3, 'how many tasks of a service, counted from its first one with the image, get it'),
  },
  strikes: 'from the deployment',
  lasts: { says: 'then it is over. Default: it lasts' },
  describe: ({ image, pulls }) => `pulls ${ofImage(image)} are refused after ${pulls}`,
  strike: ({ image, pulls }, strike) => strikeImages(image, { pullFails: { nth: [pulls + 1], error: ERROR } }, strike),
  end: liftTrouble,
});
