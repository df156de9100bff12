// The checkout as a folder of the File System Standard (https://fs.spec.whatwg.org/), which the form reads and writes.
// Contents are loaded at once; a file is saved when the form has written it whole and gives it its final name.

const TEMPORARY = ".sveltia-tmp-";

const missing = (name) => new DOMException(`${name} is not there`, "NotFoundError");

class VirtualFile {
  kind = "file";

  constructor(checkout, path, text) {
    Object.assign(this, { checkout, path, text, written: undefined, failed: undefined });
  }

  get name() {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }

  async getFile() {
    return new File([this.text], this.name, { type: "text/yaml" });
  }

  async createWritable() {
    return { write: (data) => this.#write(data), close: async () => {} };
  }

  async #write(data) {
    const text = typeof data === "string" ? data : await data.text();
    if (this.name.startsWith(TEMPORARY)) Object.assign(this, { written: text, failed: undefined });
    else await this.#save(this.path, text);
  }

  async move(folder, name) {
    const target = folder.below(name);
    if (this.written === undefined) throw this.checkout.refuseMove(target);
    // The form tries three times, which helps against virus scanners and not against a refusal.
    if (this.failed) throw this.failed;
    try {
      await this.#save(target, this.written);
    } catch (error) {
      this.failed = error;
      throw error;
    }
  }

  async #save(path, text) {
    await this.checkout.save(path, text);
    this.checkout.files.delete(this.path);
    Object.assign(this, { path, text, written: undefined });
    this.checkout.files.set(path, this);
  }
}

class VirtualFolder {
  kind = "directory";
  // Private, so that the folder can be put where browsers keep chosen folders.
  #checkout;

  constructor(checkout, path) {
    this.#checkout = checkout;
    this.path = path;
  }

  async requestPermission() {
    return "granted";
  }

  get name() {
    return this.path.slice(this.path.lastIndexOf("/") + 1) || "evreg";
  }

  below(name) {
    return this.path ? `${this.path}/${name}` : name;
  }

  async *entries() {
    const start = this.path ? `${this.path}/` : "";
    const seen = new Set();
    for (const [path, file] of this.#checkout.files) {
      if (!path.startsWith(start)) continue;
      const [name, ...rest] = path.slice(start.length).split("/");
      if (seen.has(name)) continue;
      seen.add(name);
      yield [name, rest.length ? new VirtualFolder(this.#checkout, this.below(name)) : file];
    }
  }

  async getDirectoryHandle(name) {
    return new VirtualFolder(this.#checkout, this.below(name));
  }

  async getFileHandle(name, { create = false } = {}) {
    const path = this.below(name);
    let file = this.#checkout.files.get(path);
    if (!file && !create) throw missing(path);
    if (!file) {
      file = new VirtualFile(this.#checkout, path, "");
      if (name.startsWith(TEMPORARY)) this.#checkout.files.set(path, file);
    }
    return file;
  }

  async removeEntry(name) {
    const path = this.below(name);
    if (!this.#checkout.files.has(path)) throw missing(path);
    if (!name.startsWith(TEMPORARY)) throw this.#checkout.refuseRemoval(path);
    this.#checkout.files.delete(path);
  }
}

/**
 * The folder of the checkout.
 * @param {Map<string, string>} texts Path -> content as the form shall see it.
 * @param {object} keeper ``save(path, text)`` writes a file or throws; ``refuseMove(path)`` and ``refuseRemoval(path)``
 * give the error that explains why not.
 * @returns {VirtualFolder} A directory handle.
 */
export function checkoutFolder(texts, keeper) {
  const checkout = { files: new Map(), ...keeper };
  for (const [path, text] of texts) checkout.files.set(path, new VirtualFile(checkout, path, text));
  return new VirtualFolder(checkout, "");
}
