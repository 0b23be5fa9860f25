/** What is on the screen, as the URL says it, both ways round. */

export interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface State {
  readonly entities: readonly string[];
  readonly source: string;
  readonly target: string;
  readonly compare: readonly string[];
  readonly at: readonly Place[];
  /** "" nothing, a node's name, or "source predicate target" for an edge (names hold no space). */
  readonly select: string;
  readonly language: string;
}

export type Verb = "rank" | "expand" | "paths" | "compare";

export function verbOf(state: State): Verb {
  if (state.source && state.target) return "paths";
  if (state.compare.length > 1) return "compare";
  return state.entities.length ? "expand" : "rank";
}

/** "NAME,x,y": read from the right, since a name may hold commas. */
function place(text: string): Place | null {
  const found = /^(.+),(-?[\d.]+),(-?[\d.]+)$/.exec(text);
  if (!found) return null;
  const [, name = "", x = "", y = ""] = found;
  return { name, x: Number(x), y: Number(y) };
}

export function fromUrl(search: string): State {
  const asked = new URLSearchParams(search);
  return {
    entities: asked.getAll("entity").filter(Boolean),
    source: asked.get("source") ?? "",
    target: asked.get("target") ?? "",
    compare: asked.getAll("compare").filter(Boolean),
    at: asked.getAll("at").map(place).filter((each) => each !== null),
    select: asked.get("select") ?? "",
    language: asked.get("language") ?? "",
  };
}

function recipe(state: State, compare: "compare" | "entity"): URLSearchParams {
  const said = new URLSearchParams();
  switch (verbOf(state)) {
    case "paths":
      said.append("source", state.source);
      said.append("target", state.target);
      break;
    case "compare":
      for (const name of state.compare) said.append(compare, name);
      break;
    case "expand":
      for (const name of state.entities) said.append("entity", name);
      break;
    case "rank":
      break;
  }
  for (const { name, x, y } of state.at) said.append("at", `${name},${x},${y}`);
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

export const EMPTY: State = {
  entities: [],
  source: "",
  target: "",
  compare: [],
  at: [],
  select: "",
  language: "",
};
