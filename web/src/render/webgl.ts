/** What the programs of nodes and of edges share: their uniforms, their upload, and stepping back.

    The numbers of a program go to the graphics card when they change, not at each frame, and nothing
    is drawn a second time for picking (hits.ts finds what the pointer is on). While some of the
    drawing stands out, it is drawn last, over what steps back. */

import type { Program, ProgramInfo } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

export type Uniform = "u_matrix" | "u_resolution" | "u_sizeRatio" | "u_pixelRatio" | "u_paper" | "u_stage";

/** What all that is drawn has in common at this moment. */
export interface Stage {
  /** The ground's colour, 0 to 1. */
  paper: readonly [number, number, number];
  /** Whether what is not bright steps back. */
  dim: boolean;
  /** Whether anything is bright. */
  split: boolean;
  /** Whether lines wait until the picture stands still. */
  hasty: boolean;
  /** The least radius of a node, in pixels. */
  least: number;
  /** How much of their width lines keep, 0 to 1: many are drawn thinner. */
  thin: number;
}

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

export const number = (name: string, size = 1) => ({ name, size, type: FLOAT });
export const color = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

/** Whether there is no graphics card, so that a processor does its work. */
export function isSoftware(gl: WebGLRenderingContext): boolean {
  const told = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

/** Call `lost` once, when one of the canvases loses its context; what is given back ends the watch. */
export function watchLoss(canvases: readonly HTMLCanvasElement[], lost: () => void): () => void {
  const watching = new AbortController();
  const told = (): void => {
    watching.abort();
    lost();
  };
  for (const canvas of canvases) canvas.addEventListener("webglcontextlost", told, { signal: watching.signal });
  return () => watching.abort();
}

/** What every definition of a program holds: a square of two triangles for each item. */
export function square(corners: readonly (readonly [number, number])[]) {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = corners;
  return {
    VERTICES: 6,
    METHOD: TRIANGLES,
    UNIFORMS: ["u_matrix", "u_resolution", "u_sizeRatio", "u_pixelRatio", "u_paper", "u_stage"] as const,
    CONSTANT_ATTRIBUTES: [number("a_corner", 2)],
    CONSTANT_DATA: [a, b, c, a, c, d].map((corner) => [...corner]),
  };
}

/** GLSL: `u_stage` is (what is drawn in this pass: 0 rest, 1 bright, 2 all; dim; thin; least). */
export const STAGE = /* glsl */ `
uniform vec3 u_paper;
uniform vec4 u_stage;
bool waits(float bright) { return u_stage.x < 1.5 && abs(bright - u_stage.x) > 0.5; }
vec4 seen(vec4 color, float bright, float share) {
  return u_stage.y > 0.5 && bright < 0.5 ? vec4(mix(u_paper, color.rgb, share), color.a) : color;
}
`;

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** More changes than this are sent as a whole. */
const SINGLY_MOST = 300;
const PASSES = { rest: 0, bright: 1, all: 2 } as const;

// A mixin's constructor takes any arguments: TypeScript asks for it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type ProgramClass = abstract new (...given: any[]) => Program<Uniform>;

/** `base` (sigma's program of nodes or of edges), drawing on a stage. */
export function onStage<T extends ProgramClass>(base: T, stage: Stage) {
  abstract class Staged extends base {
    /** Where items begin whose numbers changed since the last upload; null for all. */
    private changed: number[] | null = null;

    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    constructor(...given: any[]) {
      super(given[0], null, given[2]);
    }

    /** To be called where the numbers of an item change: those from `start`. */
    protected touch(start: number): void {
      if (this.changed && this.changed.length < SINGLY_MOST) this.changed.push(start);
      else this.changed = null;
    }

    override reallocate(capacity: number): void {
      if (capacity !== this.capacity) this.changed = null;
      super.reallocate(capacity);
    }

    override setUniforms(params: RenderParams, info: ProgramInfo<Uniform>): void {
      const { gl, uniformLocations: at } = info;
      gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
      gl.uniform2f(at.u_resolution, params.width, params.height);
      gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
      gl.uniform3f(at.u_paper, ...stage.paper);
    }

    override drawWebGL(method: number, info: ProgramInfo<Uniform>): void {
      const { gl, uniformLocations: at } = info;
      for (const pass of stage.split ? (["rest", "bright"] as const) : (["all"] as const)) {
        gl.uniform4f(at.u_stage, PASSES[pass], stage.dim ? 1 : 0, stage.thin, stage.least);
        super.drawWebGL(method, info);
      }
    }

    protected override bindProgram(info: ProgramInfo): void {
      const { gl } = info;
      const bind = (buffer: WebGLBuffer, attributes: typeof this.ATTRIBUTES, each: boolean): void => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        let offset = 0;
        for (const attribute of attributes) offset += this.bindAttribute(attribute, info, offset, each);
      };
      bind(info.constantBuffer, this.CONSTANT_ATTRIBUTES, false);
      if (!this.changed) gl.bufferData(gl.ARRAY_BUFFER, this.constantArray, gl.STATIC_DRAW);
      bind(info.buffer, this.ATTRIBUTES, true);
      if (!this.changed) gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.DYNAMIC_DRAW);
      for (const start of this.changed ?? []) {
        gl.bufferSubData(gl.ARRAY_BUFFER, start * BYTES, this.array.subarray(start, start + this.STRIDE));
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
      this.changed = [];
    }
  }
  return Staged;
}
