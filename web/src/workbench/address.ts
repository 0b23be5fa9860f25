/** The address of the workbench: a query, how its result is looked at, and whether it runs at once. */

export interface Opened {
  readonly query: string;
  /** The result view and its options, as `<triplary-result>` told them; empty for what suits the result. */
  readonly view: string;
  readonly options: string;
  readonly run: boolean;
}

/** What an address asks for; its query is empty where it names none. */
export function opened(address: string): Opened {
  const { searchParams } = new URL(address, location.origin);
  return {
    query: searchParams.get("query") ?? "",
    view: searchParams.get("view") ?? "",
    options: searchParams.get("options") ?? "",
    run: searchParams.get("run") === "1",
  };
}

/** Longer ones a server may refuse to read. */
const LONGEST = 30_000;

/** The address of this page; the language stays as it is. A query too long for an address stays in its tab alone. */
export function shownAddress(wanted: Opened): string {
  const address = addressOf(wanted);
  return address.length > LONGEST ? addressOf({ query: "", view: "", options: "", run: false }) : address;
}

/** The whole address, however long. */
export function addressOf({ query, view, options, run }: Opened): string {
  const asked = new URLSearchParams();
  if (query) asked.set("query", query);
  if (view) asked.set("view", view);
  if (options) asked.set("options", options);
  if (run) asked.set("run", "1");
  const language = new URLSearchParams(location.search).get("language");
  if (language) asked.set("language", language);
  const told = asked.toString();
  return told ? `/sparql?${told}` : "/sparql";
}

/** The address that this page was opened with: at /v/ID it stands in the page. */
export function here(): string {
  const block = document.getElementById("address");
  const long = block?.textContent ? (JSON.parse(block.textContent) as string) : "";
  return location.pathname.startsWith("/v/") && long ? long : location.pathname + location.search;
}
