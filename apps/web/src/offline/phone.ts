import { useSyncExternalStore } from 'react';
import { write } from '../api/calls';
import { devicesRemove } from '../api/generated/sdk.gen';
import type { SignedInAnswer, TaskPackage } from '../api/generated/types.gen';
import { newKey } from '../api/new-key';
import { aboutOf, capturedMs, isUnderWay, isUnsent, newDraft, submitted, type Draft, type Phase, type Work } from './draft';
import { clockOffset, draftAge, draftExpiresAt, isPackageExpired } from './expiry';
import { Outbox } from './outbox';
import { STARTING, type PhoneState } from './phone-state';
import { canKeep, deviceRecord, makeStore, MemoryKeeper, openStore, rememberLead, wipeStore, type Keeper } from './store';

const PACKAGE_MS = 24 * 3_600_000;
const DRAFT_MS = 72 * 3_600_000;
const RECEIPT_MS = 24 * 3_600_000;

/** The server destroys its part of a key that opens nothing any more; without a network an administrator does. An account has five. */
const giveBack = async (deviceId: string): Promise<void> => {
  if (navigator.onLine) await write((headers) => devicesRemove({ path: { deviceId }, headers })).catch(() => undefined);
};

/**
 * What the phone holds: drafts, photos, the packages of villages, and the outbox that sends by itself. One for the whole page;
 * components follow it with `usePhone`.
 */
class Phone {
  private current: PhoneState = STARTING;
  private readonly listeners = new Set<() => void>();
  private readonly typing = new Set<() => Promise<void>>();
  private keeper: Keeper = new MemoryKeeper();
  private lead = 0;
  private accountId: string | null = null;
  /** Opened without a network there is none yet. */
  private hasSession = false;
  readonly outbox = new Outbox({
    drafts: () => this.current.drafts,
    keep: (draft) => this.keep(draft),
    photoBytes: (photoId) => this.keeper.bytes('photo', photoId),
    dropPhotos: (draftId) => this.keeper.removeOf(draftId),
    now: () => this.now(),
    mayGo: () => this.hasSession && !this.current.needsSignIn,
    tell: (change) => this.set(change),
  });

  readonly state = (): PhoneState => this.current;
  readonly follow = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** By the server's clock, as far as it is known. */
  readonly now = (): number => Date.now() + this.lead;

  /** What lies here, before anybody is known: after a start without a network. */
  async look(): Promise<void> {
    if (this.current.mode !== 'starting') return;
    if (!canKeep()) return this.set({ mode: 'insecure' });
    const device = await deviceRecord().catch(() => null);
    this.lead = device?.lead ?? 0;
    this.set({ mode: device === null ? 'none' : 'locked' });
  }

  /** Somebody is signed in: is what lies here theirs? */
  async belongsTo(who: SignedInAnswer): Promise<void> {
    await this.look();
    if (this.accountId !== null && this.accountId !== who.account.id) this.forget();
    this.accountId = who.account.id;
    this.hasSession = who.csrf !== null;
    const device = await deviceRecord().catch(() => null);
    if (device !== null && device.accountId !== who.account.id) {
      this.keeper = new MemoryKeeper();
      this.set({ ...STARTING, mode: 'foreign' });
    } else if (this.current.mode === 'open') {
      await this.keeper.putJson('who', 'who', { ...who, csrf: null }, this.now() + DRAFT_MS);
    } else if (canKeep()) {
      this.set({ mode: device === null ? 'none' : 'locked' });
    }
    this.set({ needsSignIn: false });
    this.outbox.wake();
  }

  /** What waits cannot go out before somebody signs in. */
  needSignIn(): void {
    this.set({ needsSignIn: true });
  }

  /** The store is made with the server's part of its key; drafts of this page move into it. */
  async setUp(pin: string, issued: Readonly<{ deviceId: string; secret: string }>, who: SignedInAnswer): Promise<void> {
    const made = await makeStore(pin, issued, who.account.id, this.lead);
    if (made === null) throw new Error('the store does not open');
    await this.moveInto(made);
    this.set({ mode: 'open', wiped: false });
    await this.belongsTo(who);
  }

  /** → how many attempts are left; null when open; 0 when everything was wiped. */
  async unlock(pin: string): Promise<number | null> {
    const device = await deviceRecord();
    const opened = await openStore(pin);
    if (opened.is === 'wrong') return opened.left;
    if (opened.is === 'wiped') {
      this.forget();
      this.set({ wiped: true });
      if (device !== null) await giveBack(device.deviceId);
      return 0;
    }
    await this.moveInto(opened.keeper);
    await this.load();
    return null;
  }

  /** Nothing stays: after five wrong PINs, at sign-out, when the server withdrew the phone or the account. */
  async wipe(): Promise<void> {
    const device = await deviceRecord().catch(() => null);
    await wipeStore();
    this.forget();
    if (device !== null) await giveBack(device.deviceId);
  }

  async takePackage(content: TaskPackage): Promise<void> {
    this.lead = clockOffset(content.takenAt, Date.now());
    await rememberLead(this.lead);
    const known = this.current.packages.find((one) => one.content.village.id === content.village.id);
    const kept = { id: known?.id ?? newKey(), content };
    await this.keeper.putJson('package', kept.id, kept, Date.parse(content.expiresAt));
    this.set({ packages: [kept, ...this.current.packages.filter(({ id }) => id !== kept.id)] });
  }

  /** Pictures of what is to be verified, so that before and after can be compared without a network. */
  async keepImage(evidenceId: string, bytes: ArrayBuffer): Promise<void> {
    await this.keeper.putBytes('image', evidenceId, 'package', bytes, this.now() + PACKAGE_MS);
  }
  readonly image = (evidenceId: string): Promise<ArrayBuffer | null> => this.keeper.bytes('image', evidenceId);
  readonly photo = (photoId: string): Promise<ArrayBuffer | null> => this.keeper.bytes('photo', photoId);

  /** A form that keeps what is typed with a pause hands in how to keep it at once. */
  beingTyped(keepNow: () => Promise<void>): () => void {
    this.typing.add(keepNow);
    return () => this.typing.delete(keepNow);
  }
  /** Before somebody decides about what lies here: the last keys count, too. */
  async keepTyped(): Promise<void> {
    for (const keepNow of this.typing) await keepNow();
  }

  /** Begins a draft, or changes what is typed in it. */
  async type(draftId: string | null, work: Work): Promise<Draft> {
    const known = this.current.drafts.find((one) => one.draftId === draftId);
    const draft =
      known === undefined ? newDraft(draftId ?? newKey(), work, this.now()) : { ...known, ...aboutOf(work), work, changedAt: this.now() };
    await this.keep(draft);
    return draft;
  }

  async addPhoto(draftId: string, phase: Phase, picture: Blob): Promise<void> {
    const photoId = newKey();
    await this.keeper.putBytes('photo', photoId, draftId, await picture.arrayBuffer(), draftExpiresAt(this.now()));
    const photo = { photoId, phase, mediaType: picture.type, size: picture.size, round: 0, uploadId: null, received: 0, evidenceId: null };
    const draft = this.draft(draftId);
    if (draft !== null) await this.keep({ ...draft, photos: [...draft.photos, photo] });
  }

  async removePhoto(draftId: string, photoId: string): Promise<void> {
    await this.keeper.remove(photoId);
    const draft = this.draft(draftId);
    if (draft !== null) await this.keep({ ...draft, photos: draft.photos.filter((one) => one.photoId !== photoId) });
  }

  /** Saved by the person: from now on it goes out by itself. */
  async submit(draftId: string, { redact = false }: Readonly<{ redact?: boolean }> = {}): Promise<void> {
    const draft = this.draft(draftId);
    if (draft === null) return;
    const capturedAt = navigator.onLine ? null : new Date(this.now()).toISOString();
    await this.keep(submitted({ ...draft, redact: draft.redact || redact }, capturedAt, this.now()));
    this.outbox.wake();
  }

  async discard(draftId: string): Promise<void> {
    await this.keeper.remove(draftId);
    await this.keeper.removeOf(draftId);
    this.set({ drafts: this.current.drafts.filter((one) => one.draftId !== draftId) });
  }

  draft(draftId: string): Draft | null {
    return this.current.drafts.find((one) => one.draftId === draftId) ?? null;
  }

  /** What has become too old goes; at every start and now and then. */
  async sweep(): Promise<void> {
    const now = this.now();
    const lapsed = this.current.drafts.filter((draft) => isUnsent(draft) && draftAge(capturedMs(draft), now) === 'expired');
    for (const { draftId } of lapsed) await this.discard(draftId);
    await this.keeper.removeExpired(now);
    const packages = this.current.packages.filter(({ content }) => !isPackageExpired(Date.parse(content.takenAt), now));
    const drafts = this.current.drafts.filter((one) => isUnsent(one) || now - one.changedAt < RECEIPT_MS);
    if (lapsed.length > 0 || packages.length < this.current.packages.length || drafts.length < this.current.drafts.length) {
      this.set({ packages, drafts, lapsed: this.current.lapsed + lapsed.length });
    }
  }

  /** What was begun before the store was open comes along. */
  private async moveInto(keeper: Keeper): Promise<void> {
    if (this.keeper instanceof MemoryKeeper) {
      for (const [id, { kind, of, expiresAt, value }] of this.keeper.entries()) {
        if (value instanceof ArrayBuffer) await keeper.putBytes(kind, id, of, value, expiresAt);
        else await keeper.putJson(kind, id, value, expiresAt);
      }
    }
    this.keeper = keeper;
  }

  private async load(): Promise<void> {
    const [drafts, packages, [who]] = await Promise.all([
      this.keeper.allJson('draft'),
      this.keeper.allJson('package'),
      this.keeper.allJson('who'),
    ]);
    this.set({
      mode: 'open',
      drafts: drafts as readonly Draft[],
      packages: packages as PhoneState['packages'],
      who: (who as SignedInAnswer | undefined) ?? null,
    });
    await this.sweep();
    this.outbox.wake();
  }

  private async keep(draft: Draft): Promise<void> {
    const expiresAt = isUnsent(draft) ? draftExpiresAt(capturedMs(draft)) : draft.changedAt + RECEIPT_MS;
    await this.keeper.putJson('draft', draft.draftId, draft, expiresAt);
    const isKnown = this.current.drafts.some((one) => one.draftId === draft.draftId);
    const drafts = isKnown
      ? this.current.drafts.map((one) => (one.draftId === draft.draftId ? draft : one))
      : [draft, ...this.current.drafts];
    this.set({ drafts });
  }

  private forget(): void {
    this.keeper = new MemoryKeeper();
    this.set({ ...STARTING, mode: canKeep() ? 'none' : 'insecure' });
  }

  private set(change: Partial<PhoneState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}

export const phone = new Phone();
// What is only in memory would be lost with the page.
window.addEventListener('beforeunload', (event) => {
  const { mode, drafts } = phone.state();
  if (mode !== 'open' && drafts.some(isUnderWay)) event.preventDefault();
});
window.addEventListener('online', () => void phone.outbox.hurry());
export const usePhone = (): PhoneState => useSyncExternalStore(phone.follow, phone.state);
