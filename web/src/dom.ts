/** Elements made in code. Text enters the page only as text nodes. */

export type Child = Node | string | null | undefined | false;

export interface Properties {
  readonly [attribute: string]:
    | string
    | number
    | boolean
    | null
    | undefined
    | ((event: never) => void);
}

/** An element; `on…` properties become listeners, true an empty attribute, false and null none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  append(element, children);
  return element;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** An address of this site or of the web, else "#": data must not choose another scheme. */
export function safeLink(address: string): string {
  return /^(https?:\/\/|\/(?!\/))/i.test(address) ? address : "#";
}
