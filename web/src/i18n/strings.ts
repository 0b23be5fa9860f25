/** The words of the interface, as the page carries them (server/locale/*.json). */

type Strings = Readonly<Record<string, string>>;

function read(): Strings {
  const block = document.getElementById("strings");
  return block?.textContent ? (JSON.parse(block.textContent) as Strings) : {};
}

let strings: Strings | undefined;

/** The text for `key`, its {places} filled; where `count` is 1, the key with `.one`, if there is one. */
export function t(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  strings ??= read();
  const singular = values["count"] === 1 ? strings[`${key}.one`] : undefined;
  const text = singular ?? strings[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

export function language(): string {
  return document.documentElement.lang || "en";
}

export function number(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

export function percent(value: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(value);
}

/** The word for a verdict in the reader's language; a verdict we have no word for, as it is. */
export function verdictWord(verdict: string): string {
  const key = `verdict.${verdict.replaceAll(" ", "_")}`;
  const word = t(key);
  return word === key ? verdict : word;
}

/** The word for a kind of claim; a kind we have no word for, as it is. */
export function kindWord(kind: string): string {
  const key = `kind.${kind}`;
  const word = t(key);
  return word === key ? kind : word;
}
