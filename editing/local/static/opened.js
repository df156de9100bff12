// Which entry the form shows.

import { session } from "./session.js";

const ROUTE = /^#\/collections\/([^/?]+)\/(?:entries\/([^?]+)|(new))/;

let folders = new Map();

/** Remember where the collections of the form lie. */
export function learnFolders(configuration) {
  folders = new Map(configuration.collections.filter(({ folder }) => folder).map(({ name, folder }) => [name, folder]));
}

/** Path of the entry in the form; for a new one that of its last save; null on other pages of the form. */
export function openedPath() {
  const found = ROUTE.exec(location.hash);
  const folder = found && folders.get(decodeURIComponent(found[1]));
  if (!folder) return null;
  if (found[3]) return session.latest.get(folder.split("/")[2]) ?? null;
  return `${folder}/${decodeURIComponent(found[2])}.yaml`;
}
