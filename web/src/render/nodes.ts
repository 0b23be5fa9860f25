/** Draws nodes for sigma: one shape per class (never colour alone), with a rim and, if asked for, a ring. */

import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

export interface ShapedNode extends NodeDisplayData {
  shape: number;
  rim: string;
  ring: string;
  ringWidth: number;
}

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec4 a_ring;
attribute float a_shape;
attribute float a_ringWidth;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_sizeRatio;
varying vec2 v_place;
varying float v_radius;
varying float v_shape;
varying float v_ringWidth;
varying vec4 v_color;
varying vec4 v_rim;
varying vec4 v_ring;
void main() {
  v_radius = a_size / u_sizeRatio;
  float reach = v_radius * 1.5 + a_ringWidth + 6.0;
  v_place = a_corner * reach;
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_place * 2.0 / u_resolution, 0.0, 1.0);
  v_shape = a_shape;
  v_ringWidth = a_ringWidth;
  const float bias = 255.0 / 254.0;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
  v_rim = a_rim;
  v_ring = a_ring;
}`;

// Each shape as the signed distance to its outline, with the proportions of view/style.py.
const FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_place;
varying float v_radius;
varying float v_shape;
varying float v_ringWidth;
varying vec4 v_color;
varying vec4 v_rim;
varying vec4 v_ring;
uniform float u_pixelRatio;
const float PI = 3.14159265;
float polygon(vec2 p, float sides, float radius, float turn) {
  float slice = 2.0 * PI / sides;
  float angle = mod(atan(p.x, p.y) + turn * slice, slice) - slice * 0.5;
  return length(p) * cos(angle) - radius * cos(slice * 0.5);
}
float box(vec2 p, vec2 half_) {
  vec2 d = abs(p) - half_;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}
float star(vec2 p, float outer) {
  float slice = 2.0 * PI / 5.0;
  float angle = abs(mod(atan(p.x, p.y) + slice * 0.5, slice) - slice * 0.5);
  vec2 corner = outer * 0.5 * vec2(cos(slice * 0.5), sin(slice * 0.5));
  vec2 place = length(p) * vec2(cos(angle), sin(angle)) - vec2(outer, 0.0);
  return dot(place, normalize(vec2(corner.y, outer - corner.x)));
}
float shape(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return polygon(p, 4.0, r * 1.25, 0.5);
  if (v_shape < 2.5) return polygon(p, 4.0, r * 1.25, 0.0);
  if (v_shape < 3.5) return polygon(p, 3.0, r * 1.4, 0.0);
  if (v_shape < 4.5) return polygon(p, 6.0, r * 1.1, 0.0);
  if (v_shape < 5.5) return star(p, r * 1.45);
  if (v_shape < 6.5) return polygon(vec2(p.x, -p.y), 3.0, r * 1.4, 0.0);
  if (v_shape < 7.5) return polygon(p, 5.0, r * 1.15, 0.0);
  if (v_shape < 8.5) return min(box(p, r * vec2(0.378, 1.05)), box(p, r * vec2(1.05, 0.378)));
  return polygon(p, 8.0, r * 1.05, 0.5);
}
float cover(float distance_, float feather) {
  return 1.0 - smoothstep(-feather, feather, distance_);
}
void main() {
  float d = shape(v_place, v_radius);
  #ifdef PICKING_MODE
  if (d > 4.0) discard;
  gl_FragColor = v_color;
  #else
  float feather = 0.75 / u_pixelRatio;
  float ring = v_ringWidth > 0.0 ? cover(d - 2.0 - v_ringWidth, feather) : 0.0;
  float rim = cover(d - 2.0, feather);
  float body = cover(d, feather);
  vec4 color = vec4(v_ring.rgb, 1.0) * ring;
  color = mix(color, vec4(v_rim.rgb, 1.0), rim);
  color = mix(color, vec4(v_color.rgb, 1.0), body);
  gl_FragColor = color;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;

type Uniform = "u_matrix" | "u_resolution" | "u_sizeRatio" | "u_pixelRatio";

export class ShapeProgram extends NodeProgram<Uniform> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: ["u_matrix", "u_resolution", "u_sizeRatio", "u_pixelRatio"] as const,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_rim", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_ring", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_ringWidth", size: 1, type: FLOAT },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
    };
  }

  override processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
    const node = data as ShapedNode;
    const values = [
      node.x,
      node.y,
      node.size,
      floatColor(node.color),
      floatColor(node.rim),
      floatColor(node.ring),
      node.shape,
      node.ringWidth,
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
