import type {} from '@fastify/cookie';
import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'ql_session';
export const CSRF_COOKIE = 'ql_csrf';
export const CSRF_HEADER = 'x-csrf-token';

/** Follows from the session's secret, so that another site can neither read nor set a fitting one. */
export const csrfOf = (secret: string): string => hash('sha256', `csrf ${secret}`, 'base64url');

export const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Cookies of the browser's session; they end with it, and at the latest when the server says so. */
export const giveCookies = (request: FastifyRequest, reply: FastifyReply, secret: string): void => {
  const common = { path: '/', sameSite: 'strict', secure: request.protocol === 'https' } as const;
  void reply.setCookie(SESSION_COOKIE, secret, { ...common, httpOnly: true });
  // Scripts of this site read it and send it back in the header.
  void reply.setCookie(CSRF_COOKIE, csrfOf(secret), { ...common, httpOnly: false });
};

export const takeCookies = (reply: FastifyReply): void => {
  void reply.clearCookie(SESSION_COOKIE, { path: '/' }).clearCookie(CSRF_COOKIE, { path: '/' });
  void reply.header('clear-site-data', '"cache", "storage"');
};
