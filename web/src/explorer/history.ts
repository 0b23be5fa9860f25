/** The steps of a visit. The browser keeps them: undo is its back button, past steps that changed no picture. */

import { fromUrl, type State, toApi, toUrl } from "./state";

const KEY = "triplary-trail";
const LONGEST = 1500;

/** What an entry of the browser's history remembers of itself. */
interface Mark {
  /** Which visit it belongs to: another page of this site may lie in between. */
  readonly trail: string;
  readonly step: number;
  /** The whole address, also where a short one is shown. */
  readonly address: string;
  /** A step that the next of its sort replaces: a slider that moves on. */
  readonly slide: boolean;
}

function isMark(value: unknown): value is Mark {
  return typeof value === "object" && value !== null && "trail" in value && "address" in value;
}

/** The address that the server put into the page at /v/ID. */
function storedAddress(): string {
  const block = document.getElementById("address");
  return block?.textContent ? (JSON.parse(block.textContent) as string) : "";
}

/** The state at an address of ours, long or short. */
function stateOf(address: string): State {
  const state = fromUrl(new URL(address, location.origin).search);
  const language = new URLSearchParams(location.search).get("language");
  return location.pathname.startsWith("/v/") && language ? { ...state, language } : state;
}

export class Trail {
  private mark: Mark = { trail: `${Date.now()} ${Math.random()}`, step: 0, address: "", slide: false };
  /** For each step, which picture it shows: steps that only select something show the same. */
  private pictures: number[] = [0];
  private picture = "";

  /** `walked` hears of the browser's back and forward; `shorten` gives the short address of a long one. */
  constructor(
    private readonly walked: (state: State) => void,
    private readonly shorten: (address: string) => Promise<string>,
  ) {}

  /** The state that the page was opened with. */
  start(): State {
    window.addEventListener("popstate", this.walk);
    const kept: unknown = history.state;
    if (isMark(kept)) {
      this.mark = kept;
      this.pictures = this.remembered() ?? Array.from({ length: kept.step + 1 }, (_, step) => step);
    } else {
      this.mark = { ...this.mark, address: storedAddress() || location.pathname + location.search };
      history.replaceState(this.mark, "");
    }
    const state = stateOf(this.mark.address);
    this.picture = pictureOf(state);
    if (toUrl(state).length > LONGEST && !location.pathname.startsWith("/v/")) void this.shown();
    return state;
  }

  stop(): void {
    window.removeEventListener("popstate", this.walk);
  }

  /** Go on to `state`; a slide takes the place of the slide before it. */
  push(state: State, slide = false): void {
    const address = toUrl(state);
    if (address === this.mark.address) return;
    const picture = pictureOf(state);
    const replaces = slide && this.mark.slide;
    const step = replaces ? this.mark.step : this.mark.step + 1;
    const before = this.pictures[this.mark.step] ?? 0;
    const after = picture === this.picture ? before : Math.max(...this.pictures.slice(0, this.mark.step + 1)) + 1;
    this.pictures = [...this.pictures.slice(0, step), replaces ? before : after];
    this.picture = picture;
    this.mark = { ...this.mark, step, address, slide };
    if (replaces) history.replaceState(this.mark, "", address);
    else history.pushState(this.mark, "", address);
    this.remember();
    if (address.length > LONGEST) void this.shown();
  }

  /** The address of what is shown, to be given to others: a short one where it is long. */
  async shared(): Promise<string> {
    const { address } = this.mark;
    if (address.length <= LONGEST) return address;
    try {
      return await this.shorten(address);
    } catch {
      return address;
    }
  }

  get undoable(): boolean {
    return this.distance(-1) !== 0;
  }

  get redoable(): boolean {
    return this.distance(1) !== 0;
  }

  undo(): void {
    const distance = this.distance(-1);
    if (distance) history.go(distance);
  }

  redo(): void {
    const distance = this.distance(1);
    if (distance) history.go(distance);
  }

  /** How many steps it is to the next that shows another picture; 0 where there is none. */
  private distance(way: 1 | -1): number {
    const here = this.pictures[this.mark.step];
    for (let step = this.mark.step + way; step >= 0 && step < this.pictures.length; step += way) {
      if (this.pictures[step] !== here) return step - this.mark.step;
    }
    return 0;
  }

  private readonly walk = (event: PopStateEvent): void => {
    const kept: unknown = event.state;
    if (isMark(kept)) {
      this.mark = kept;
    } else if (location.pathname + location.search === this.mark.address) {
      history.replaceState(this.mark, ""); // only the part behind "#" changed
      return;
    } else {
      this.mark = { ...this.mark, step: 0, address: location.pathname + location.search, slide: false };
      this.pictures = [0];
    }
    const state = stateOf(this.mark.address);
    this.picture = pictureOf(state);
    this.walked(state);
  };

  /** Show the short address of this step, once there is one; without, the long one stays. */
  private async shown(): Promise<void> {
    const { step, address } = this.mark;
    try {
      const short = await this.shorten(address);
      if (this.mark.step === step && this.mark.address === address) history.replaceState(this.mark, "", short);
    } catch {
      // a server that keeps no addresses: the long one works as well
    }
  }

  private remember(): void {
    try {
      sessionStorage.setItem(KEY, JSON.stringify([this.mark.trail, this.pictures]));
    } catch {
      // after a reload the steps are then counted one by one
    }
  }

  private remembered(): number[] | null {
    try {
      const [trail, pictures] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [string?, number[]?];
      return trail === this.mark.trail && pictures ? pictures : null;
    } catch {
      return null;
    }
  }
}

/** What tells one picture from another: everything but what is selected, and in which words. */
function pictureOf(state: State): string {
  return toApi(state, "");
}
