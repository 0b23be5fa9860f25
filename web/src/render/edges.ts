/** Draws edges for sigma: a line whose pattern tells the verdict, with an arrow, in its own lane. */

import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

import { color, number, onStage, square, type Stage, STAGE } from "./webgl";

export interface LinedEdge extends EdgeDisplayData {
  /** Pixels on, off, on, off; all 0 for a line without gaps. */
  dash: readonly [number, number, number, number];
  crossed: boolean;
  lane: number;
  bright: boolean;
}

const VERTEX = /* glsl */ `
attribute vec2 a_from;
attribute vec2 a_to;
attribute vec2 a_radii;
attribute float a_width;
attribute vec4 a_dash;
attribute float a_crossed;
attribute float a_lane;
attribute float a_bright;
attribute vec4 a_color;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_resolution;
uniform float u_sizeRatio;
varying vec2 v_place;
varying float v_length;
varying float v_width;
varying vec4 v_dash;
varying float v_crossed;
varying float v_head;
varying vec4 v_color;
${STAGE}
void main() {
  if (waits(a_bright)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 from = (u_matrix * vec3(a_from, 1.0)).xy * 0.5 * u_resolution;
  vec2 to = (u_matrix * vec3(a_to, 1.0)).xy * 0.5 * u_resolution;
  float whole = max(distance(from, to), 0.001);
  vec2 along = (to - from) / whole;
  vec2 across = vec2(-along.y, along.x);
  vec2 radii = max(a_radii / u_sizeRatio, u_stage.w);
  vec2 cut = sqrt(max(radii * radii - a_lane * a_lane, 0.0));
  float head = cut.x;
  v_length = max(whole - cut.x - cut.y - 3.0, 0.0);
  v_crossed = a_crossed * step(0.6, max(u_stage.z, a_bright));
  v_width = max(a_width * max(u_stage.z, a_bright), min(a_width, 0.5));
  v_head = (6.0 + v_width * 1.6) * max(a_bright, mix(0.4, 1.0, u_stage.z));
  float reach = v_crossed > 0.5 ? 6.5 : v_head * 0.42 + 1.5;
  v_place = vec2(a_corner.x * v_length, a_corner.y * reach);
  vec2 place = from + along * (head + v_place.x) + across * (a_lane + v_place.y);
  gl_Position = vec4(place * 2.0 / u_resolution, 0.0, 1.0);
  v_dash = a_dash;
  v_color = seen(a_color, a_bright, 0.18);
  // very many lines would hide everything: they become a haze, except those that stand out
  v_color.rgb = mix(u_paper, v_color.rgb, max(a_bright, mix(0.3, 1.0, u_stage.z)));
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_place;
varying float v_length;
varying float v_width;
varying vec4 v_dash;
varying float v_crossed;
varying float v_head;
varying vec4 v_color;
uniform float u_pixelRatio;
void main() {
  float feather = 0.75 / u_pixelRatio;
  float headLength = min(v_head, v_length * 0.5);
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
}`;

/** The program for a stage, as sigma's settings take it. */
export function lineProgram(stage: Stage) {
  return class LineProgram extends onStage(EdgeProgram, stage) {
    override getDefinition() {
      return {
        ...square([[0, -1], [1, -1], [1, 1], [0, 1]]),
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        ATTRIBUTES: [
          number("a_from", 2),
          number("a_to", 2),
          number("a_radii", 2),
          number("a_width"),
          number("a_dash", 4),
          number("a_crossed"),
          number("a_lane"),
          number("a_bright"),
          color("a_color"),
        ],
      };
    }

    override render(params: RenderParams): void {
      if (!stage.hasty) super.render(params);
    }

    processVisibleItem(_: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      const edge = data as LinedEdge;
      this.touch(start);
      this.array.set(
        [
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
          edge.bright ? 1 : 0,
          floatColor(edge.color),
        ],
        start,
      );
    }
  };
}
