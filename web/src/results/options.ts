/** What was chosen in a view, as the text that stands in the link. */

export type Options = Readonly<Record<string, string>>;

export function read(text: string): Options {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Sorted by key, empty values left out: the same choices give the same link. */
export function write(options: Options): string {
  const kept = Object.entries(options).filter(([, value]) => value !== "");
  kept.sort(([one], [other]) => (one < other ? -1 : 1));
  return new URLSearchParams(kept).toString();
}

/** The value of a choice where it is one of those that are there, else the usual one. */
export function chosen<T extends string>(options: Options, key: string, known: readonly T[], usual: T): T {
  const value = options[key];
  return known.find((each) => each === value) ?? usual;
}
