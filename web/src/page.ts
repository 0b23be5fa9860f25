/** The script of every page, small and early: light or dark, and the language that was chosen here before. */

type Theme = "light" | "dark" | "system";

const KEY = "triplary-theme";
const LANGUAGE = "triplary-language";
const ORDER: readonly Theme[] = ["system", "light", "dark"];

function remembered(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : "system";
  } catch {
    return "system"; // a page in a sandboxed frame has no storage
  }
}

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // the choice then lasts as long as the page
  }
  window.dispatchEvent(new Event("triplary-theme"));
}

function label(button: HTMLElement, theme: Theme): void {
  button.dataset["theme"] = theme;
  const text = button.dataset[theme] ?? theme;
  button.setAttribute("aria-label", text);
  button.title = text;
}

/** The same page in the language that somebody switched to: the server knows only what the browser prefers. */
function speak(): void {
  const here = new URL(location.href);
  if (here.searchParams.has("language")) return;
  let wanted: string | null = null;
  try {
    wanted = localStorage.getItem(LANGUAGE);
  } catch {
    // a page in a sandboxed frame has no storage
  }
  if (!wanted || !/^[a-z]{2}$/.test(wanted) || wanted === document.documentElement.lang) return;
  here.searchParams.set("language", wanted);
  location.replace(here);
}

speak();
let theme = remembered();
apply(theme);
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector<HTMLElement>("button.theme");
  if (button) {
    button.hidden = false;
    label(button, theme);
    button.addEventListener("click", () => {
      theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system";
      apply(theme);
      label(button, theme);
    });
  }
  // the page may have moved on since the server wrote its links: keep what is on the screen
  const link = document.querySelector<HTMLAnchorElement>("a.language");
  link?.addEventListener("click", () => {
    try {
      localStorage.setItem(LANGUAGE, link.hreflang);
    } catch {
      // the choice then lasts as long as the address says it
    }
    const here = new URL(location.href);
    here.searchParams.set("language", link.hreflang);
    link.href = here.pathname + here.search;
  });
});
