/** Draws edges for sigma: a line whose pattern tells the verdict, with an arrow, in its own lane. */

import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

export interface LinedEdge extends EdgeDisplayData {
  /** Pixels on, off, on, off; all 0 for a line without gaps. */
  dash: readonly [number, number, number, number];
  crossed: boolean;
  lane: number;
}

const VERTEX = /* glsl */ `
attribute vec2 a_from;
attribute vec2 a_to;
attribute vec2 a_radii;
attribute float a_width;
attribute vec4 a_dash;
attribute float a_crossed;
attribute float a_lane;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_sizeRatio;
varying vec2 v_place;
varying float v_length;
varying float v_width;
varying vec4 v_dash;
varying float v_crossed;
varying vec4 v_color;
const float HALF = 7.0;
void main() {
  vec2 from = (u_matrix * vec3(a_from, 1.0)).xy * 0.5 * u_resolution;
  vec2 to = (u_matrix * vec3(a_to, 1.0)).xy * 0.5 * u_resolution;
  float whole = max(distance(from, to), 0.001);
  vec2 along = (to - from) / whole;
  vec2 across = vec2(-along.y, along.x);
  vec2 radii = a_radii / u_sizeRatio;
  vec2 cut = sqrt(max(radii * radii - a_lane * a_lane, 0.0));
  float head = cut.x;
  v_length = max(whole - cut.x - cut.y - 3.0, 0.0);
  v_place = vec2(a_corner.x * v_length, a_corner.y * HALF);
  vec2 place = from + along * (head + v_place.x) + across * (a_lane + v_place.y);
  gl_Position = vec4(place * 2.0 / u_resolution, 0.0, 1.0);
  v_width = a_width;
  v_dash = a_dash;
  v_crossed = a_crossed;
  const float bias = 255.0 / 254.0;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_place;
varying float v_length;
varying float v_width;
varying vec4 v_dash;
varying float v_crossed;
varying vec4 v_color;
uniform float u_pixelRatio;
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float feather = 0.75 / u_pixelRatio;
  float headLength = min(6.0 + v_width * 1.6, v_length * 0.5);
  float side = abs(v_place.y);
  float left = v_length - v_place.x;
  float half_ = v_width * 0.5;
  float d = side - half_;
  float period = dot(v_dash, vec4(1.0));
  if (period > 0.0) {
    float at = mod(v_place.x, period);
    float first = abs(at - v_dash.x * 0.5) - v_dash.x * 0.5;
    float second = abs(at - v_dash.x - v_dash.y - v_dash.z * 0.5) - v_dash.z * 0.5;
    d = max(d, v_dash.z > 0.0 ? min(first, second) : first);
  }
  if (v_crossed > 0.5) {
    vec2 at = abs(vec2(mod(v_place.x, 22.0) - 11.0, v_place.y));
    d = min(d, max(abs(at.x - at.y) * 0.707 - 0.8, max(at.x, at.y) - 4.0));
  }
  d = max(d, headLength * 0.9 - left);
  float arrow = max(side - left * 0.42, left - headLength);
  float cover = 1.0 - smoothstep(-feather, feather, min(d, arrow));
  gl_FragColor = vec4(v_color.rgb, 1.0) * cover * min(v_color.a, 1.0);
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;

type Uniform = "u_matrix" | "u_resolution" | "u_sizeRatio" | "u_pixelRatio";

export class LineProgram extends EdgeProgram<Uniform> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: ["u_matrix", "u_resolution", "u_sizeRatio", "u_pixelRatio"] as const,
      ATTRIBUTES: [
        { name: "a_from", size: 2, type: FLOAT },
        { name: "a_to", size: 2, type: FLOAT },
        { name: "a_radii", size: 2, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_dash", size: 4, type: FLOAT },
        { name: "a_crossed", size: 1, type: FLOAT },
        { name: "a_lane", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, -1], [1, -1], [1, 1], [0, -1], [1, 1], [0, 1]],
    };
  }

  override processVisibleItem(
    id: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const edge = data as LinedEdge;
    const values = [
      source.x,
      source.y,
      target.x,
      target.y,
      source.size,
      target.size,
      edge.size,
      ...edge.dash,
      edge.crossed ? 1 : 0,
      edge.lane,
      floatColor(edge.color),
      id,
    ];
    this.array.set(values, start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo<Uniform>): void {
    gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
    gl.uniform2f(at.u_resolution, params.width, params.height);
    gl.uniform1f(at.u_sizeRatio, params.sizeRatio);
    gl.uniform1f(at.u_pixelRatio, params.pixelRatio);
  }
}
