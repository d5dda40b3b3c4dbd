import { oneOf, type Rule, text, uniqueList } from './rule.ts';

export const strings = uniqueList(text);

export const stringOrList = oneOf(text, strings);

export const listOrMapping = oneOf(
  { types: ['object'], patterns: [[/[^\n]/, { types: ['string', 'number', 'null'] }]], closed: true },
  uniqueList(text),
);

export const optionMap: Rule = { types: ['object'], patterns: [[/^.+$/, { types: ['string', 'number'] }]] };
