import { Injectable, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ACCESS, PUBLIC, type AccessRule } from './access';

export type Route = Readonly<{
  method: string;
  /** `/findings/:findingId/legs`, without the prefix of the whole api. */
  path: string;
  controller: string;
  handler: string;
  /** Null: the route says nothing and is closed to everybody. */
  access: AccessRule | 'public' | null;
}>;

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : '']);
const joined = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((p) => p.split('/'))
    .filter((p) => p !== '')
    .join('/')}`;

const routesOf = (controller: Type): Route[] => {
  const bases = listOf(Reflect.getMetadata(PATH_METADATA, controller));
  const prototype = controller.prototype as object;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    if (typeof handler !== 'function') return [];
    const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
    if (typeof method !== 'number') return [];
    const said = <T>(key: string): T | undefined =>
      (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as T | undefined;
    const access = said<true>(PUBLIC) === true ? 'public' : (said<AccessRule>(ACCESS) ?? null);
    return bases.flatMap((base) =>
      listOf(Reflect.getMetadata(PATH_METADATA, handler)).map((path) => ({
        method: RequestMethod[method] ?? 'ALL',
        path: joined(base, path),
        controller: controller.name,
        handler: name,
        access,
      })),
    );
  });
};

/** Every route of the application, read from the same metadata that Nest builds its router from. */
@Injectable()
export class Routes {
  constructor(private readonly discovery: DiscoveryService) {}

  all(): readonly Route[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOf(metatype as Type) : []))
      .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  }
}
