// Bundles src/ into the package's static folder. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const home = join(here, "..", "src", "triplary", "server", "static");
// A build that fails leaves the last one where it is, and nobody meets half of one.
const output = `${home}-${process.pid}`;

/** The licence texts of the packages that went into the bundles, as their licences ask. */
async function notices(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).sort().find((each) => /^licen[cs]e/i.test(each));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : about.license;
    parts.push(`${name} ${about.version} (${about.license})\n\n${text}\n`);
  }
  return parts.join("\n----\n\n");
}

await mkdir(output, { recursive: true });
process.on("exit", () => rmSync(output, { recursive: true, force: true }));
const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
// The worker comes first: the explorer calls it by its content, so that both may be kept for ever.
const force = await build({ ...common, entryPoints: { force: "src/worker/force.ts" }, outdir: output });
const digest = createHash("sha256").update(await readFile(join(output, "force.js"))).digest("hex").slice(0, 12);
const result = await build({
  ...common,
  entryPoints: {
    explorer: "src/explorer.ts",
    page: "src/page.ts",
    triplary: "src/style/triplary.css",
  },
  outdir: output,
  define: { "process.env.NODE_ENV": '"production"', FORCE_BUNDLE: JSON.stringify(`force.js?v=${digest}`) },
});
// The workbench is cut into modules: the editor and the result views come when they are needed.
const workbench = await build({
  ...common,
  format: "esm",
  splitting: true,
  chunkNames: "workbench-[name]-[hash]",
  entryPoints: { workbench: "src/workbench.ts" },
  outdir: output,
  define: { "process.env.NODE_ENV": '"production"' },
});
const builds = [force, result, workbench];
const inputs = builds.flatMap(({ metafile }) => Object.keys(metafile.inputs));
await copyFile(join(here, "src", "icon.svg"), join(output, "icon.svg"));
await writeFile(join(output, "licences.txt"), await notices(inputs));
await rm(home, { recursive: true, force: true });
await rename(output, home);
for (const [file, { bytes }] of builds.flatMap(({ metafile }) => Object.entries(metafile.outputs))) {
  process.stdout.write(`${basename(file)}  ${bytes} bytes\n`);
}
