import { printValue, quoteValue, type TemplateValue } from './value.ts';

const VERB = /%([-+# 0]*)(\*|\d+)?(?:\.(\d+))?([%a-zA-Z])/g;

/** Go's `fmt.Sprintf` for the verbs that templates use: `%s %v %q %d %t %f %g %x %T %%`, with width and precision. */
export function formatVerbs(format: string, values: readonly TemplateValue[]): string {
  let next = 0;
  const out = format.replace(
    VERB,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb) => {
      if (verb === '%') return '%';
      const value = values[next];
      next += 1;
      if (!value) return `%!${verb}(MISSING)`;
      const text = formatVerb(verb, value, precision === undefined ? undefined : Number(precision));
      if (text === undefined) return `%!${verb}(${value.type.name}=${printValue(value)})`;
      return padTo(text, { width: Number(width ?? 0), flags });
    },
  );
  if (next >= values.length) return out;
  const extra = values.slice(next).map((value) => `${value.type.name}=${printValue(value)}`);
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

function formatVerb(verb: string, value: TemplateValue, precision: number | undefined): string | undefined {
  const plain = value.value;
  switch (verb) {
    case 's':
    case 'v': {
      const text = printValue(value);
      return precision === undefined ? text : text.slice(0, precision);
    }
    case 'q':
      return quoteValue(value);
    case 'd':
      return typeof plain === 'number' && Number.isInteger(plain) ? String(plain) : undefined;
    case 't':
      return typeof plain === 'boolean' ? String(plain) : undefined;
    case 'f':
      return typeof plain === 'number' ? plain.toFixed(precision ?? 6) : undefined;
    case 'g':
      return typeof plain === 'number'
        ? String(precision === undefined ? plain : Number(plain.toPrecision(precision)))
        : undefined;
    case 'x':
      return typeof plain === 'number' ? plain.toString(16) : undefined;
    case 'T':
      return value.type.name;
    default:
      return undefined;
  }
}

function padTo(text: string, options: { width: number; flags: string }): string {
  if (options.flags.includes('-')) return text.padEnd(options.width);
  return text.padStart(options.width, options.flags.includes('0') ? '0' : ' ');
}
