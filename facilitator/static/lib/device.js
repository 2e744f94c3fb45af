// What this device keeps for us until the server has it. The home of IndexedDB.
// Where that is not to be had (private windows, a full disk) memory must do, and `lasting` says so.

/** @typedef {"acts" | "edits"} Shelf */
/** @typedef {{key?: number | string, group: string} & Record<string, any>} Kept */

const NAME = "facilitator";
const SHELVES = /** @type {Shelf[]} */ (["acts", "edits"]);
/** Some browsers open a database never, without saying so. */
const PATIENCE = 1500;

export class Device {
  /** @type {IDBDatabase | null} */
  #base = null;
  #memory = {acts: new Map(), edits: new Map()};
  #last = 0;
  #failed = false;

  /**
   * Open what this device keeps.
   * @param {IDBFactory | undefined} [factory] for tests
   */
  static async open(factory = globalThis.indexedDB) {
    const device = new Device();
    if (factory) device.#base = await patiently(opened(factory)).catch(() => null);
    device.#base?.addEventListener("versionchange", () => device.#base?.close());
    return device;
  }

  /** Whether what is kept survives closing the page, as far as we have seen. */
  get lasting() {
    return this.#base !== null && !this.#failed;
  }

  /**
   * Keep something. Without a key it gets the next number, so that order is kept as well.
   * @param {Shelf} shelf @param {Kept} thing @returns {Promise<number | string>} its key
   */
  async put(shelf, thing) {
    const key = /** @type {number | string | undefined} */ (await this.#work(shelf, "readwrite", (store) => store.put(thing)));
    if (key !== undefined) {
      this.#memory[shelf].delete(key);
      return key;
    }
    // Numbers of memory never meet those of the database.
    const own = thing.key ?? -(this.#last += 1);
    this.#memory[shelf].set(own, {...thing, key: own});
    return own;
  }

  /** Whether what was put there outlives the page; ask once that is done. @param {Shelf} shelf @param {number | string} key */
  holds(shelf, key) {
    return this.#base !== null && !this.#memory[shelf].has(key);
  }

  /** Everything of a group, in the order in which it came. @param {Shelf} shelf @param {string} group @returns {Promise<Kept[]>} */
  async list(shelf, group) {
    const kept = await this.#work(shelf, "readonly", (store) => store.index("group").getAll(group));
    const own = [...this.#memory[shelf].values()].filter((thing) => thing.group === group);
    const older = (kept ?? []).filter(({key}) => !this.#memory[shelf].has(key));
    return [...older, ...own];
  }

  /** Forget something. @param {Shelf} shelf @param {number | string} key */
  async remove(shelf, key) {
    // What came to the disk too late for us is there as well.
    if (this.#memory[shelf].delete(key) && typeof key === "number" && key < 0) return;
    await this.#work(shelf, "readwrite", (store) => store.delete(key));
  }

  /** Let go of the database. */
  close() {
    this.#base?.close();
  }

  /**
   * Do something with a shelf and wait until it is on the disk; undefined when that cannot be.
   * @template T
   * @param {Shelf} shelf @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} todo
   * @returns {Promise<T | undefined>}
   */
  async #work(shelf, mode, todo) {
    if (!this.#base) return undefined;
    try {
      return await patiently(finished(this.#base, shelf, mode, todo));
    } catch {
      this.#failed = true;
      return undefined;
    }
  }
}

/** @param {IDBFactory} factory @returns {Promise<IDBDatabase>} */
const opened = (factory) => new Promise((resolve, reject) => {
  const asked = factory.open(NAME, 1);
  asked.onupgradeneeded = () => {
    for (const shelf of SHELVES) {
      const store = asked.result.createObjectStore(shelf, {keyPath: "key", autoIncrement: true});
      store.createIndex("group", "group");
    }
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

/**
 * @template T
 * @param {IDBDatabase} base @param {Shelf} shelf @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} todo
 * @returns {Promise<T>}
 */
const finished = (base, shelf, mode, todo) => new Promise((resolve, reject) => {
  // "Kept" is said to people: then it must not be in a buffer that a dead battery empties.
  const transaction = base.transaction(shelf, mode, {durability: "strict"});
  const asked = todo(transaction.objectStore(shelf));
  transaction.oncomplete = () => resolve(asked.result);
  transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
});

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function patiently(promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("late")), PATIENCE);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
