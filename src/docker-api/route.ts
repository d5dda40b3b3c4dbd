import type { Handler } from './call.ts';

export interface Route {
  readonly method: 'HEAD' | 'GET' | 'POST' | 'DELETE';
  /** `{id}` stands for one part of the path, `{name...}` for one or more. */
  readonly path: string;
  /** The API version from which on there is such a route. */
  readonly since?: string;
  readonly handle: Handler;
}

/** What stands in a path for the names in a route, decoded; undefined where the path does not fit. */
export function paramsOf(route: Route, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = route.path.split('/');
  const given = path.split('/');
  const wide = wanted.findIndex((part) => part.endsWith('...}'));
  const width = wide < 0 ? 1 : given.length - wanted.length + 1;
  if (width < 1 || wanted.length - 1 + width !== given.length) return undefined;
  const parts =
    wide < 0
      ? given
      : [...given.slice(0, wide), given.slice(wide, wide + width).join('/'), ...given.slice(wide + width)];
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)(?:\.\.\.)?\}$/.exec(part)?.[1];
    const value = parts[index]!;
    if (name === undefined ? part !== value : value === '') return undefined;
    if (name !== undefined) params[name] = decoded(value);
  }
  return params;
}

/** A path that is no percent-encoding is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
