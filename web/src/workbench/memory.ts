/** What the browser keeps for the workbench. Where it keeps nothing, it lasts as long as the page. */

const PREFIX = "triplary-workbench-";
const here = new Map<string, string>();

/** What was kept under a name; null where there is none, or where it isn't what it should be. */
export function recalled<T>(name: string, valid: (value: unknown) => value is T): T | null {
  let text = here.get(name) ?? null;
  try {
    text ??= localStorage.getItem(PREFIX + name);
  } catch {
    // a page in a sandboxed frame has no storage
  }
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return valid(value) ? value : null;
  } catch {
    return null; // somebody else wrote there
  }
}

/** Keep a value; false where it lasts only as long as the page. */
export function keep(name: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(PREFIX + name, text);
    here.delete(name);
    return true;
  } catch {
    here.set(name, text);
    return false;
  }
}

/** Whether a value is an object with these members, all of them texts. */
export function hasTexts<K extends string>(value: unknown, ...names: readonly K[]): value is Record<K, string> {
  if (typeof value !== "object" || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === "string");
}
