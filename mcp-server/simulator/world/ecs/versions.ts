import type { World } from '../world.ts';
import { courseNamed, type ServiceCourse, serviceCourses } from './service-course.ts';

/** Revisions before the file's that can still be run; older ones were deregistered. */
const KEPT = 10;

/** A revision of a task definition. */
export type Version = {
  family: string;
  revision: number;
  active: boolean;
  image: string;
  /** Epoch ms. */
  registeredAt: number;
};

const DAY_MS = 86_400_000;

/** The service whose task definitions a family holds. */
export function familyOf(world: World, family: string): ServiceCourse | undefined {
  return serviceCourses(world).find((one) => one.family === family) ?? courseNamed(world, family);
}

/** All revisions of a family that there are at a time, newest first. */
export function versionsOf(course: ServiceCourse, at: number): Version[] {
  const brought = [...course.broken].filter(([, bad]) => bad.at <= at).map(([revision]) => revision);
  const newest = Math.max(course.revision, ...brought);
  return Array.from({ length: newest }, (_, index) => newest - index).map((revision) => ({
    family: course.family,
    revision,
    active: revision > course.revision - 1 - KEPT,
    image: imageOf(course, revision),
    registeredAt:
      course.broken.get(revision)?.at ?? course.deployedAt - (course.revision - revision) * 7 * DAY_MS,
  }));
}

/** Each revision ships the next version of the image: `cart:5.2.0`, `cart:5.2.1`. */
function imageOf({ entry, name, revision: base }: ServiceCourse, revision: number): string {
  const image = entry.image ?? `${name}:1.${base}.0`;
  const [, before, number] = /^(.*?)(\d+)$/.exec(image) ?? [];
  if (before === undefined || number === undefined) return image;
  return `${before}${Math.max(0, Number(number) + revision - base)}`;
}
