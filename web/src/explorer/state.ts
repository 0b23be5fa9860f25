/** What is on the screen, as the URL says it, both ways round. Names are read from the right: they may hold commas. */

export interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Whether it came there by itself: it stands there, and is not pinned. */
  readonly loose?: boolean;
}

/** An entity that was opened: along one relation ("^tri:developedBy", "" for any), so many new nodes ("" as usual). */
export interface Opening {
  readonly name: string;
  readonly relation: string;
  readonly count: string;
}

/** Only entities whose property lies between two ends; an empty end is open. */
export interface Range {
  readonly property: string;
  readonly low: string;
  readonly high: string;
}

export interface State {
  readonly entities: readonly Opening[];
  readonly source: string;
  readonly target: string;
  readonly compare: readonly string[];
  readonly query: string;
  /** The paths' and rank's own parameters, and the hops of expand; "" as usual. */
  readonly k: string;
  readonly longest: string;
  readonly forbid: readonly string[];
  readonly require: readonly string[];
  readonly by: string;
  readonly hops: string;
  readonly limit: string;
  readonly opens: readonly Opening[];
  /** Values led by "-" are left out; where others are named, only they are shown. */
  readonly classes: readonly string[];
  readonly predicates: readonly string[];
  readonly graphs: readonly string[];
  readonly verdicts: readonly string[];
  readonly ranges: readonly Range[];
  readonly asOf: string;
  readonly without: readonly string[];
  readonly only: readonly string[];
  /** "" as usual. */
  readonly size: string;
  readonly color: string;
  readonly layout: string;
  readonly title: string;
  readonly at: readonly Place[];
  /** "" nothing, a node's name, or "source predicate target" for an edge (names hold no space). */
  readonly select: string;
  readonly language: string;
}

export type Verb = "rank" | "expand" | "paths" | "compare" | "graph";

export const EMPTY: State = {
  entities: [],
  source: "",
  target: "",
  compare: [],
  query: "",
  k: "",
  longest: "",
  forbid: [],
  require: [],
  by: "",
  hops: "",
  limit: "",
  opens: [],
  classes: [],
  predicates: [],
  graphs: [],
  verdicts: [],
  ranges: [],
  asOf: "",
  without: [],
  only: [],
  size: "",
  color: "",
  layout: "",
  title: "",
  at: [],
  select: "",
  language: "",
};

export function verbOf(state: State): Verb {
  if (state.query) return "graph";
  if (state.source && state.target) return "paths";
  if (state.compare.length > 1) return "compare";
  return state.entities.length ? "expand" : "rank";
}

export function opening(name: string, relation = "", count = ""): Opening {
  return { name, relation, count };
}

const OPENING = /^(.+),(\^?[^,]*),(\d*)$/s;
const RANGE = /^(.+),([^,]*),([^,]*)$/s;
const PLACE = /^(.+),(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(,loose)?$/s;

function toOpening(text: string): Opening {
  const [, name, relation = "", count = ""] = OPENING.exec(text) ?? [];
  return name === undefined ? opening(text) : opening(name, relation, count);
}

/** Without a relation and a count only the name, unless that would be read as more than a name. */
function fromOpening({ name, relation, count }: Opening): string {
  return relation || count || OPENING.test(name) ? `${name},${relation},${count}` : name;
}

function toRange(text: string): Range | null {
  const [, property, low = "", high = ""] = RANGE.exec(text) ?? [];
  return property !== undefined && (low || high) ? { property, low, high } : null;
}

function toPlace(text: string): Place | null {
  const [, name, x, y, loose] = PLACE.exec(text) ?? [];
  return name === undefined ? null : { name, x: Number(x), y: Number(y), loose: loose !== undefined };
}

function known<T>(value: T | null): value is T {
  return value !== null;
}

/** The state that an address says; what it says besides is not kept. */
export function fromUrl(search: string): State {
  const asked = new URLSearchParams(search);
  const one = (name: string): string => asked.get(name) ?? "";
  const all = (name: string): string[] => asked.getAll(name).filter(Boolean);
  return {
    entities: all("entity").map(toOpening),
    source: one("source"),
    target: one("target"),
    compare: all("compare"),
    query: one("query"),
    k: one("k"),
    longest: one("longest"),
    forbid: all("forbid"),
    require: all("require"),
    by: one("by"),
    hops: one("hops"),
    limit: one("limit"),
    opens: all("open").map(toOpening),
    classes: all("class"),
    predicates: all("predicate"),
    graphs: all("graph"),
    verdicts: all("verdict"),
    ranges: all("range").map(toRange).filter(known),
    asOf: one("as-of"),
    without: all("without"),
    only: all("only"),
    size: one("size"),
    color: one("color"),
    layout: one("layout"),
    title: one("title"),
    at: all("at").map(toPlace).filter(known),
    select: one("select"),
    language: one("language"),
  };
}

function base(state: State, compare: "compare" | "entity"): [string, string | readonly string[]][] {
  switch (verbOf(state)) {
    case "graph":
      return [["query", state.query]];
    case "paths":
      return [
        ["source", state.source],
        ["target", state.target],
        ["k", state.k],
        ["longest", state.longest],
        ["forbid", state.forbid],
        ["require", state.require],
      ];
    case "compare":
      return [[compare, state.compare]];
    case "expand":
      return [
        ["entity", state.entities.map(fromOpening)],
        ["hops", state.hops],
      ];
    case "rank":
      return [["by", state.by]];
  }
}

function recipe(state: State, compare: "compare" | "entity"): URLSearchParams {
  const said = new URLSearchParams();
  const parts: readonly [string, string | readonly string[]][] = [
    ...base(state, compare),
    ["limit", state.limit],
    ["open", state.opens.map(fromOpening)],
    ["class", state.classes],
    ["predicate", state.predicates],
    ["graph", state.graphs],
    ["verdict", state.verdicts],
    ["range", state.ranges.map(({ property, low, high }) => `${property},${low},${high}`)],
    ["as-of", state.asOf],
    ["without", state.without],
    ["only", state.only],
    ["size", state.size],
    ["color", state.color],
    ["layout", state.layout],
    ["title", state.title],
    ["at", state.at.map(({ name, x, y, loose }) => `${name},${x},${y}${loose ? ",loose" : ""}`)],
  ];
  for (const [name, value] of parts) {
    for (const each of typeof value === "string" ? [value] : value) if (each) said.append(name, each);
  }
  return said;
}

/** Percent-encoding that leaves readable what a query may hold: commas, colons, slashes. */
function readable(said: URLSearchParams): string {
  const text = said.toString().replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/");
  return text ? `?${text}` : "";
}

/** The address of the page that shows `state`. */
export function toUrl(state: State): string {
  const said = recipe(state, "compare");
  if (state.select) said.append("select", state.select);
  if (state.language) said.append("language", state.language);
  return `/${readable(said)}`;
}

/** The address of the server's answer for `state`; `suffix` (".svg" …) asks for it as a file. */
export function toApi(state: State, language: string, suffix = ""): string {
  const said = recipe(state, "entity");
  said.append("language", language);
  return `/api/${verbOf(state)}${suffix}${readable(said)}`;
}

export { toggled } from "./filtering";
