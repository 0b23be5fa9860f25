/** The queries that are open, each in a tab; they are there again after a reload. */

import { language } from "../i18n/strings";
import { hasTexts, keep, recalled } from "./memory";

export interface Tab {
  readonly id: string;
  /** The name that it was given; empty: it is called after its query. */
  readonly name: string;
  readonly query: string;
  readonly view: string;
  readonly options: string;
}

interface Kept {
  readonly tabs: readonly Tab[];
  readonly active: string;
}

const NAME = "tabs";
const MOST = 30;

function isKept(value: unknown): value is Kept {
  if (!hasTexts(value, "active")) return false;
  const { tabs } = value as { tabs?: unknown };
  return Array.isArray(tabs) && tabs.length > 0 && tabs.every((tab) => hasTexts(tab, "id", "name", "query", "view", "options"));
}

let made = 0;

function fresh(query: string, name: string): Tab {
  made += 1;
  return { id: `${Date.now().toString(36)}-${made}`, name, query, view: "", options: "" };
}

/** The open queries; there is always one. */
export class Tabs {
  list: readonly Tab[];
  private activeId: string;

  /** Those that were open here before, else one with `query`. */
  constructor(query: string) {
    const kept = recalled(NAME, isKept);
    const first = fresh(query, "");
    this.list = kept?.tabs ?? [first];
    this.activeId = kept && this.list.some(({ id }) => id === kept.active) ? kept.active : (this.list[0] ?? first).id;
  }

  get active(): Tab {
    const found = this.list.find(({ id }) => id === this.activeId) ?? this.list[0];
    if (!found) throw new Error("no tab");
    return found;
  }

  choose(id: string): void {
    if (this.list.some((tab) => tab.id === id)) this.activeId = id;
    this.save();
  }

  /** Open a query: in the tab that has it already, in an empty one, else in a new one. */
  open(query: string, name = ""): void {
    const there = this.list.find((tab) => tab.query.trim() === query.trim());
    if (there) this.activeId = there.id;
    else if (!this.active.query.trim()) this.change({ query, name });
    else this.add(query, name);
    this.save();
  }

  add(query: string, name: string): void {
    const tab = fresh(query, name);
    this.list = [...this.list, tab].slice(-MOST);
    this.activeId = tab.id;
    this.save();
  }

  /** Close one; its neighbour comes up, and where it was the last one, an empty one. */
  close(id: string): void {
    const at = this.list.findIndex((tab) => tab.id === id);
    this.list = this.list.filter((tab) => tab.id !== id);
    if (this.list.length === 0) this.list = [fresh("", "")];
    if (this.activeId === id) this.activeId = (this.list[Math.min(at, this.list.length - 1)] ?? this.active).id;
    this.save();
  }

  change(changes: Partial<Omit<Tab, "id">>): void {
    this.list = this.list.map((tab) => (tab.id === this.activeId ? { ...tab, ...changes } : tab));
    this.save();
  }

  private save(): void {
    keep(NAME, { tabs: this.list, active: this.activeId } satisfies Kept);
  }
}

/** What a query is called: after the first line of its comments, or after what it asks for. */
export function titleOf({ name, query }: Pick<Tab, "name" | "query">, otherwise: string): string {
  if (name) return name;
  const told = new RegExp(`^#[ \\t]*title\\.${language().slice(0, 2)}:[ \\t]*([^\\n]+)`, "m").exec(query)?.[1]?.trim();
  if (told) return told;
  const comment = /^\s*#[ \t]*(?:title:[ \t]*)?([^\n]+)/.exec(query)?.[1]?.trim();
  if (comment) return comment;
  const clause = /\b(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^\S\n]*([^{\n]*)/i.exec(query);
  return clause ? `${clause[1]?.toUpperCase()} ${clause[2]?.trim() ?? ""}`.trim().slice(0, 60) : otherwise;
}
