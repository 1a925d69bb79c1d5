/** The metal of the ring, as a distance field. */
import { normalize, type Vector } from "./make-samples.vector.ts";

const bandRadius = 1.28;
const bandHeight = 1.36;

function capsule(x: number, y: number, z: number, from: Vector, to: Vector, radius: number): number {
  const dx = to[0] - from[0], dy = to[1] - from[1], dz = to[2] - from[2];
  const share = ((x - from[0]) * dx + (y - from[1]) * dy + (z - from[2]) * dz) / (dx * dx + dy * dy + dz * dz);
  const t = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from[0] - dx * t, y - from[1] - dy * t, z - from[2] - dz * t) - radius;
}

function smoothUnion(a: number, b: number, radius: number): number {
  const blend = Math.max(radius - Math.abs(a - b), 0) / radius;
  return Math.min(a, b) - blend * blend * radius / 4;
}

/** Distance to the metal: a band that grows towards the stone, a bezel rail, and four claws. */
export function metal(x: number, y: number, z: number): number {
  const ring = Math.hypot(x, y - bandHeight) - bandRadius;
  const top = Math.max(0, (y - bandHeight) / bandRadius);
  const thickness = 0.10 + 0.03 * top;
  const breadth = 0.06 + 0.05 * (1 - top);
  const band = Math.hypot(Math.max(Math.abs(ring) - 0.03, 0), Math.max(Math.abs(z) - breadth, 0)) - thickness;
  const ax = Math.abs(x), az = Math.abs(z);
  const claw = capsule(ax, y, az, [0.83, 3.22, 0.60], [0.86, 2.95, 0.63], 0.07);
  const leg = capsule(ax, y, az, [0.86, 2.95, 0.63], [0.30, 2.56, 0.05], 0.06);
  const railX = capsule(ax, y, az, [0.66, 2.80, 0.48], [0, 2.80, 0.48], 0.04);
  const railZ = capsule(ax, y, az, [0.66, 2.80, 0.48], [0.66, 2.80, 0], 0.04);
  return smoothUnion(smoothUnion(band, Math.min(claw, leg), 0.1), Math.min(railX, railZ), 0.05);
}

export function metalNormal(p: Vector): Vector {
  const e = 0.0008;
  return normalize([
    metal(p[0] + e, p[1], p[2]) - metal(p[0] - e, p[1], p[2]),
    metal(p[0], p[1] + e, p[2]) - metal(p[0], p[1] - e, p[2]),
    metal(p[0], p[1], p[2] + e) - metal(p[0], p[1], p[2] - e),
  ]);
}
