/** Arithmetic of places, directions and light. */

/** Three numbers: a place, a direction, or red, green and blue in linear light. */
export type Vector = [number, number, number];

/** A vector made axis by axis, or colour by colour. */
export function each(of: (axis: 0 | 1 | 2) => number): Vector {
  return [of(0), of(1), of(2)];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function along(origin: Vector, direction: Vector, distance: number): Vector {
  return [
    origin[0] + direction[0] * distance,
    origin[1] + direction[1] * distance,
    origin[2] + direction[2] * distance,
  ];
}

export function normalize(a: Vector): Vector {
  const length = Math.hypot(a[0], a[1], a[2]);
  return [a[0] / length, a[1] / length, a[2] / length];
}

export function reflect(direction: Vector, normal: Vector): Vector {
  return along(direction, normal, -2 * dot(direction, normal));
}

/** Undefined when all light is reflected. */
export function refract(direction: Vector, normal: Vector, ratio: number): Vector | undefined {
  const cosine = -dot(direction, normal);
  const rest = 1 - ratio * ratio * (1 - cosine * cosine);
  if (rest < 0) return undefined;
  const bend = ratio * cosine - Math.sqrt(rest);
  return each((axis) => ratio * direction[axis] + bend * normal[axis]);
}

export function subtract(a: Vector, b: Vector): Vector {
  return along(a, b, -1);
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
