/** Draws nodes for sigma: one shape per class (never colour alone), with a rim and, if asked for, a ring. */

import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData } from "sigma/types";
import { floatColor } from "sigma/utils";

import { color, number, onStage, square, type Stage, STAGE } from "./webgl";

export interface ShapedNode extends NodeDisplayData {
  shape: number;
  rim: string;
  ring: string;
  ringWidth: number;
  bright: boolean;
}

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec4 a_ring;
attribute float a_shape;
attribute float a_ringWidth;
attribute float a_bright;
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
${STAGE}
void main() {
  if (waits(a_bright)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  v_radius = max(a_size / u_sizeRatio, u_stage.w);
  float reach = v_radius * 1.5 + (a_ringWidth > 0.0 ? a_ringWidth + 4.0 : 2.5);
  v_place = a_corner * reach;
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_place * 2.0 / u_resolution, 0.0, 1.0);
  v_shape = a_shape;
  v_ringWidth = a_ringWidth;
  v_color = seen(a_color, a_bright, 0.22);
  v_rim = a_rim;
  v_ring = seen(a_ring, a_bright, 0.22);
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
  float feather = 0.75 / u_pixelRatio;
  float gap = min(2.0, v_radius * 0.35);
  float ring = v_ringWidth > 0.0 ? cover(d - gap - v_ringWidth, feather) : 0.0;
  float rim = cover(d - gap, feather);
  float body = cover(d, feather);
  vec4 color = vec4(v_ring.rgb, 1.0) * ring;
  color = mix(color, vec4(v_rim.rgb, 1.0), rim);
  color = mix(color, vec4(v_color.rgb, 1.0), body);
  gl_FragColor = color;
}`;

/** The program for a stage, as sigma's settings take it. */
export function shapeProgram(stage: Stage) {
  return class ShapeProgram extends onStage(NodeProgram, stage) {
    override getDefinition() {
      return {
        ...square([[-1, -1], [1, -1], [1, 1], [-1, 1]]),
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        ATTRIBUTES: [
          number("a_position", 2),
          number("a_size"),
          color("a_color"),
          color("a_rim"),
          color("a_ring"),
          number("a_shape"),
          number("a_ringWidth"),
          number("a_bright"),
        ],
      };
    }

    processVisibleItem(_: number, start: number, data: NodeDisplayData): void {
      const node = data as ShapedNode;
      this.touch(start);
      this.array.set(
        [
          node.x,
          node.y,
          node.size,
          floatColor(node.color),
          floatColor(node.rim),
          floatColor(node.ring),
          node.shape,
          node.ringWidth,
          node.bright ? 1 : 0,
        ],
        start,
      );
    }
  };
}
