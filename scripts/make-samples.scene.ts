/**
 * The scene of the sample pictures: a gold ring that holds an emerald in step cut, on a pale table, under three soft
 * lamps. The metal is found by marching along a distance field, the stone by intersecting its facets' planes, so that
 * light is followed inside it from facet to facet.
 */

import { metal, metalNormal } from "./make-samples.metal.ts";
import { along, dot, each, normalize, reflect, refract, type Vector } from "./make-samples.vector.ts";

interface Facet {
  readonly normal: Vector;
  /** Distance of the plane from {@link stoneCentre}. */
  readonly distance: number;
}

const stoneCentre: Vector = [0, 3.02, 0];
/** Refractive index of emerald. */
const emeraldIndex = 1.58;
/** How much of each colour a unit of emerald swallows. */
const emeraldAbsorption: Vector = [3.4, 0.36, 1.30];
const gold: Vector = [1.0, 0.74, 0.38];

/**
 * An emerald cut: a table, two steps of crown, a girdle and three steps of pavilion over an outline with cut corners.
 * Each step is a slope (rise per run, as an angle) and the distance at which its plane cuts the girdle's outline.
 */
function cutStone(): Facet[] {
  const facets: Facet[] = [{ normal: [0, 1, 0], distance: 0.3 }];
  const halfWidth = 1.02;
  const halfDepth = 0.76;
  const corner = (halfWidth + halfDepth) * 0.80 * Math.SQRT1_2;
  const steps = [
    { angle: 24, lift: 0.25 },
    { angle: 42, lift: 0.13 },
    { angle: 90, lift: 0 },
    { angle: 122, lift: -0.05 },
    { angle: 134, lift: -0.20 },
    { angle: 146, lift: -0.34 },
  ];
  for (let side = 0; side < 8; side += 1) {
    const turn = side * Math.PI / 4;
    const outline = side % 2 === 1 ? corner : side % 4 === 0 ? halfWidth : halfDepth;
    for (const { angle, lift } of steps) {
      const tilt = angle * Math.PI / 180;
      const normal: Vector = [Math.sin(tilt) * Math.cos(turn), Math.cos(tilt), Math.sin(tilt) * Math.sin(turn)];
      const inset = Math.abs(lift) * (lift > 0 ? 0.55 : 0.62);
      facets.push({ normal, distance: Math.sin(tilt) * (outline - inset) + Math.cos(tilt) * lift });
    }
  }
  return facets;
}

const facets = cutStone();

/** The first facet on the way in (from outside) or out (from inside). */
function hitStone(origin: Vector, direction: Vector): { enter: number; leave: number; into?: Facet; outOf?: Facet } {
  const local: Vector = [origin[0] - stoneCentre[0], origin[1] - stoneCentre[1], origin[2] - stoneCentre[2]];
  let enter = -Infinity;
  let leave = Infinity;
  let into: Facet | undefined;
  let outOf: Facet | undefined;
  for (const facet of facets) {
    const speed = dot(facet.normal, direction);
    const gap = facet.distance - dot(facet.normal, local);
    if (Math.abs(speed) < 1e-9) {
      if (gap < 0) return { enter: Infinity, leave: -Infinity };
    } else if (speed < 0 && gap / speed > enter) {
      enter = gap / speed;
      into = facet;
    } else if (speed > 0 && gap / speed < leave) {
      leave = gap / speed;
      outOf = facet;
    }
  }
  return { enter, leave, ...(into && { into }), ...(outOf && { outOf }) };
}

function hitMetal(origin: Vector, direction: Vector, farthest: number): number {
  let distance = 0.02;
  for (let step = 0; step < 90 && distance < farthest; step += 1) {
    const [x, y, z] = along(origin, direction, distance);
    const gap = metal(x, y, z);
    if (gap < 0.0012) return distance;
    distance += gap * 0.9;
  }
  return Infinity;
}

/** The paper behind the ring, into which the table runs without a line. */
const backdrop: Vector = [0.50, 0.485, 0.465];

function softbox(direction: Vector, towards: Vector, size: number): number {
  const nearness = (dot(direction, towards) - (1 - size)) / size;
  return nearness <= 0 ? 0 : Math.min(1, nearness * 3);
}

const lamps: { towards: Vector; size: number; light: number; tint: Vector }[] = [
  { towards: normalize([-0.6, 0.75, 0.45]), size: 0.13, light: 3.6, tint: [1, 0.97, 0.92] },
  { towards: normalize([0.85, 0.5, 0.25]), size: 0.07, light: 2.3, tint: [0.93, 0.97, 1] },
  { towards: normalize([0.1, 0.9, -0.5]), size: 0.1, light: 2.6, tint: [1, 1, 1] },
];

/** What surrounds the ring: a pale studio, darker towards the floor, with its lamps. */
function studio(direction: Vector): Vector {
  const height = direction[1];
  const wall = height > 0 ? 0.30 + 0.5 * height : 0.30 + 0.22 * -height;
  const flag = Math.abs(direction[0] * 0.8 + direction[2] * 0.6) < 0.16 ? 0.25 : 1;
  const walls: Vector = [wall * flag, wall * flag * 0.985, wall * flag * 0.96];
  return lamps.reduce(
    (light, lamp) => along(light, lamp.tint, softbox(direction, lamp.towards, lamp.size) * lamp.light),
    walls,
  );
}

/** Where the light that throws the shadows comes from. */
const keyLight = normalize([-0.62, 0.82, 0.30]);

/** How much of the lamp the stone hides, 0 to 1: the lamp is wide, so it is tried at sixteen places. */
function stoneShadow(p: Vector): number {
  let hidden = 0;
  for (let sample = 0; sample < 16; sample += 1) {
    const spread: Vector = [0.055 * (sample % 4 - 1.5), 0, 0.055 * (Math.floor(sample / 4) - 1.5)];
    const stone = hitStone(p, normalize(along(keyLight, spread, 1)));
    if (stone.enter < stone.leave) hidden += 1 / 16;
  }
  return hidden;
}

/** The same for the metal, from how narrowly a ray to the lamp passes it. */
function metalShadow(p: Vector): number {
  let open = 1;
  let distance = 0.05;
  for (let step = 0; step < 40 && distance < 8; step += 1) {
    const gap = metal(...along(p, keyLight, distance));
    open = Math.min(open, 0.5 + 5 * gap / distance);
    if (open <= 0) return 1;
    distance += Math.max(0.04, Math.abs(gap));
  }
  return 1 - open;
}

function table(p: Vector): Vector {
  let open = 1;
  for (let step = 1; step <= 6; step += 1) {
    const rise = step * 0.16;
    open -= Math.max(0, rise - metal(p[0] - rise * 0.35, rise, p[2] + rise * 0.3)) * 0.55 / (step * 1.1);
  }
  const green = stoneShadow(p);
  const shade = (1 - 0.34 * metalShadow(p)) * (1 - 0.2 * green);
  const nearness = Math.exp(-(p[0] * p[0] + p[2] * p[2]) / 60);
  const level = 0.86 * Math.max(0.25, open) * shade * nearness;
  const lit: Vector = [level * 0.98, level * (0.955 + 0.06 * green), level * 0.925];
  return along(lit, backdrop, 1 - nearness);
}

function shadeMetal(point: Vector, direction: Vector, depth: number): Vector {
  const normal = metalNormal(point);
  const mirrored = reflect(direction, normal);
  const light = trace(along(point, normal, 0.01), mirrored, depth + 1);
  const edge = (1 - Math.max(0, -dot(direction, normal))) ** 5;
  return each((axis) => (light[axis] * 0.92 + 0.05) * (gold[axis] + (1 - gold[axis]) * edge));
}

/** Light that goes into the stone, turns at its facets, and comes out again weaker and greener. */
function insideStone(origin: Vector, direction: Vector, depth: number): Vector {
  let place = origin;
  let way = direction;
  let travelled = 0;
  for (let bounce = 0; bounce < 6; bounce += 1) {
    const { leave, outOf } = hitStone(place, way);
    if (!outOf || leave < 0) break;
    travelled += leave;
    place = along(place, way, leave);
    const inward: Vector = [-outOf.normal[0], -outOf.normal[1], -outOf.normal[2]];
    const out = refract(way, inward, emeraldIndex);
    if (out) {
      const light = depth < 2 ? trace(along(place, out, 0.01), out, depth + 2) : studio(out);
      return swallow(light, travelled);
    }
    way = reflect(way, inward);
    place = along(place, inward, 0.0001);
  }
  return swallow(studio(way), travelled);
}

function swallow(light: Vector, travelled: number): Vector {
  return each((axis) => light[axis] * Math.exp(-emeraldAbsorption[axis] * travelled));
}

function shadeStone(point: Vector, direction: Vector, facet: Facet, depth: number): Vector {
  const cosine = Math.max(0, -dot(direction, facet.normal));
  const mirror = 0.05 + 0.95 * (1 - cosine) ** 5;
  const outside = studio(reflect(direction, facet.normal));
  const into = refract(direction, facet.normal, 1 / emeraldIndex) ?? direction;
  const inside = insideStone(along(point, into, 0.001), into, depth);
  return each((axis) => outside[axis] * mirror + inside[axis] * (1 - mirror));
}

function trace(origin: Vector, direction: Vector, depth: number): Vector {
  if (depth > 3) return studio(direction);
  const floor = direction[1] < -1e-6 ? -origin[1] / direction[1] : Infinity;
  const stone = hitStone(origin, direction);
  const stoneAt = stone.enter < stone.leave && stone.enter > 0.005 ? stone.enter : Infinity;
  const metalAt = hitMetal(origin, direction, Math.min(floor, stoneAt, 40));
  if (metalAt < stoneAt && metalAt < floor) return shadeMetal(along(origin, direction, metalAt), direction, depth);
  if (stoneAt < floor && stone.into) {
    return shadeStone(along(origin, direction, stoneAt), direction, stone.into, depth);
  }
  if (floor < 400) return table(along(origin, direction, floor));
  return depth === 0 ? backdrop : studio(direction);
}

/**
 * The light that reaches the camera along one ray.
 *
 * @param place where on the picture the ray is, in widths from the middle; the corners are a little darker
 */
export function shade(eye: Vector, direction: Vector, place: { across: number; down: number }): Vector {
  const light = trace(eye, direction, 0);
  const vignette = 1 - 0.45 * (place.across * place.across + place.down * place.down);
  return [light[0] * vignette, light[1] * vignette, light[2] * vignette];
}
