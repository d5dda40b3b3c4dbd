/**
 * Who may change a node of a persistent structure in place: the branch that made it. A node carries the token of
 * its maker; a write under the same token changes the node itself, a write under any other token copies it first.
 * A token is an empty object compared by identity, so a node that was copied or read from a file belongs to nobody
 * and is copied on the first write.
 */
export type Owner = Readonly<Record<string, never>>;

/** The token of a new branch. Everything built under it is in the branch's hands until the token is forgotten. */
export function newOwner(): Owner {
  return {};
}
