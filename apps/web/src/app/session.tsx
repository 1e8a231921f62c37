import { createContext, use, useCallback, useMemo, type PropsWithChildren, type ReactNode } from 'react';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { read, sendCsrf, write } from '../api/calls';
import { sessionActFrom, sessionSignIn, sessionSignOut, sessionWho } from '../api/generated/sdk.gen';
import type { SignedInAnswer } from '../api/generated/types.gen';
import { asRefused } from '../api/problem';

export type Role =
  | 'inspector'
  | 'team-head'
  | 'office'
  | 'office-head'
  | 'clerk'
  | 'deputy'
  | 'head'
  | 'leader'
  | 'independent-verifier'
  | 'auditor'
  | 'admin';
export type SignedIn = SignedInAnswer;

type Session = Readonly<{
  who: SignedIn;
  has: (...roles: readonly Role[]) => boolean;
  actFrom: (postId: string) => Promise<void>;
  signOut: () => Promise<void>;
}>;
const SessionContext = createContext<Session | null>(null);

/** Who is signed in and from which post they act; only below `SessionGate`. */
export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside of SessionGate');
  return session;
};

const KEY = ['session'] as const;
/** Another person, another post: nothing that was read before may show. The session's own query stays, for who watches it. */
const replaceSession = (queries: QueryClient, who: SignedIn | null): void => {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  queries.setQueryData(KEY, who);
};
/** Hooks that run before the session ends: unsent drafts ask here whether to send, stay or discard. → false = stay */
type BeforeLeaving = () => Promise<boolean>;
const beforeLeaving = new Set<BeforeLeaving>();
export const askBeforeSigningOut = (ask: BeforeLeaving): (() => void) => {
  beforeLeaving.add(ask);
  return () => beforeLeaving.delete(ask);
};

/** Set when somebody signed out without a network: the server has yet to hear of it. Says nothing of whom. */
const OWED = 'sign-out-owed';

export const signIn = async (login: string, password: string): Promise<SignedIn> => {
  const who = await read(sessionSignIn({ body: { login, password } }));
  localStorage.removeItem(OWED);
  sendCsrf(who.csrf);
  return who;
};

/** Null = nobody. A sign-out that the server has not heard of is told first, so that the next one at this device is not taken for the last. */
const askWho = async (): Promise<SignedIn | null> => {
  try {
    const who = await read(sessionWho());
    sendCsrf(who.csrf);
    if (localStorage.getItem(OWED) === null) return who;
    await write((headers) => sessionSignOut({ headers }));
    localStorage.removeItem(OWED);
  } catch (failure) {
    if (asRefused(failure).status !== 401) throw failure;
  }
  sendCsrf(null);
  return null;
};

/** Signed in → the pages; not → `door`; no answer → `broken`. */
export const SessionGate = ({
  children,
  door,
  broken,
  waiting,
}: PropsWithChildren<{ door: ReactNode; broken: (again: () => void) => ReactNode; waiting: ReactNode }>): ReactNode => {
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: askWho,
    staleTime: Infinity,
    retry: false,
    // Without a network the answer is "no answer", not a pause.
    networkMode: 'always',
  });
  const actFrom = useCallback(
    async (postId: string) => {
      const who = await write((headers) => sessionActFrom({ body: { postId }, headers }));
      replaceSession(queries, who);
    },
    [queries],
  );
  const signOut = useCallback(async () => {
    for (const ask of beforeLeaving) if (!(await ask())) return;
    await write((headers) => sessionSignOut({ headers })).catch((failure: unknown) => {
      if (asRefused(failure).status === 0) localStorage.setItem(OWED, '');
    });
    sendCsrf(null);
    replaceSession(queries, null);
  }, [queries]);
  const session = useMemo<Session | null>(
    () =>
      data == null ? null : { who: data, has: (...roles) => roles.some((role) => data.acting?.roles.includes(role)), actFrom, signOut },
    [data, actFrom, signOut],
  );
  if (isPending) return waiting;
  if (error !== null && data === undefined) return broken(() => void refetch());
  if (session === null) return door;
  return <SessionContext value={session}>{children}</SessionContext>;
};

/** After signing in: the session is known without asking again. */
export const useSignedIn = (): ((who: SignedIn) => void) => {
  const queries = useQueryClient();
  return (who) => {
    replaceSession(queries, who);
  };
};

/**
 * After a start without a network: asks who is signed in, and goes on with that. → false = nobody is; they stay on the page with what
 * they typed until they choose to sign in.
 */
export const useSessionAgain = (): (() => Promise<boolean>) => {
  const queries = useQueryClient();
  return useCallback(async () => {
    if (queries.getQueryData<SignedIn | null>(KEY)?.csrf !== null) return true;
    try {
      const who = await askWho();
      if (who !== null) queries.setQueryData(KEY, who);
      return who !== null;
    } catch {
      // No answer is no refusal: they go on with what is on the device.
      return true;
    }
  }, [queries]);
};
