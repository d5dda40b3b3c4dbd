/** What the kinds that change how images behave have in common. */
import type { Strike, Struck } from './define-fault.ts';
import { optional, type ParameterTypes } from './parameter.ts';
import type { ImageTrouble } from './port.ts';
import { selectImages } from './select.ts';

export const IMAGE = optional('image', 'whose containers. Default: the images that are new with the deployment');
export const SHARE = optional('share', 'this part of the containers, by chance. Default: all');
export const NODES = optional('nodes', 'only on these nodes. Default: on all');
export const TROUBLE_LASTS = {
  says: 'from then on new containers are good again. Default: it lasts',
};

/** What an occurrence of a behaviour says, as far as it was given. */
export function which({ share, nodes }: { share?: ParameterTypes['share']; nodes?: readonly string[] }) {
  return { ...(share !== undefined && { share }), ...(nodes !== undefined && { nodes }) };
}

export function strikeImages(image: string | undefined, trouble: ImageTrouble, strike: Strike): Struck {
  return strikeThese(selectImages(image, strike), trouble, strike);
}

export function strikeThese(images: readonly string[], trouble: ImageTrouble, { port, name }: Strike): Struck {
  if (images.length > 0) port.trouble(name, images, trouble);
  return { targets: images, awaits: images };
}

export function liftTrouble(_fault: unknown, _targets: unknown, { port, name }: Strike): void {
  port.lift(name);
}

/** `of web:v2`, or of whatever is new. */
export function ofImage(image: string | undefined): string {
  return image === undefined ? 'of the new version' : `of ${image}`;
}
