/** JSON text as Go's encoding/json writes it. */
export function goJson(value: unknown, options: { escapeHtml: boolean; indent?: number }): string {
  const text = JSON.stringify(value, undefined, options.indent ?? 0)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  if (!options.escapeHtml) return text;
  return text.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}
