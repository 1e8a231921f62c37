import type { Metadata } from '@grpc/grpc-js';

/** Who asks. Without TLS the double knows no users: everybody is an administrator, as on a real server in insecure mode. */
export type Caller = Readonly<{ user: string | null; groups: readonly string[] }>;

/** Null when a name or password is wrong (the call is then answered UNAUTHENTICATED). */
export type Authenticate = (metadata: Metadata) => Caller | null;
