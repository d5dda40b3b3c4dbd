import { defineFault } from '../define-fault.ts';
import { liftTrouble, strikeThese } from '../image-trouble.ts';
import { defaulted } from '../parameter.ts';

/** What a daemon reports that gets no answer. */
const ERROR =
  'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)';

export const registryOutage = defineFault({
  kind: 'registry-outage',
  says: 'no image can be pulled; nodes that have theirs in the cache start tasks all the same, the others reject them',
  parameters: { timeout: defaulted('uncertain', '15s', 'how long a pull waits for the registry') },
  strikes: 'from the deployment',
  lasts: { says: 'then it is back. Default: it is not' },
  describe: () => 'the registry is down',
  strike: ({ timeout }, strike) =>
    strikeThese(strike.port.images(), { pullFails: { error: ERROR, takes: timeout } }, strike),
  end: liftTrouble,
});
