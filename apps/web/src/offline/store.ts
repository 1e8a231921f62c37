import { Dexie, type EntityTable } from 'dexie';
import { WRONG_PINS, countAttempt } from './expiry';
import { importDeviceSecret, makeVault, openVault, seal, unseal, type Wrapped } from './vault';

export type RecordKind = 'draft' | 'photo' | 'package' | 'image' | 'who';
/** In clear: an id that says nothing, the kind, what it belongs to, when it expires. */
type StoredRecord = Readonly<{
  id: string;
  kind: RecordKind;
  of: string;
  expiresAt: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}>;
/** `wrong`: PINs tried in vain. `lead`: how far the server's clock is ahead of the phone's. */
export type DeviceRecord = Readonly<{
  id: 'device';
  deviceId: string;
  accountId: string;
  secret: CryptoKey;
  wrapped: Wrapped;
  wrong: number;
  lead: number;
}>;

const NAME = 'qingling';
class PhoneDatabase extends Dexie {
  device!: EntityTable<DeviceRecord, 'id'>;
  records!: EntityTable<StoredRecord, 'id'>;
  constructor() {
    super(NAME);
    this.version(1).stores({ device: 'id', records: 'id, kind, of, expiresAt' });
  }
}
let database = new PhoneDatabase();

const aboutOf = ({ id, kind }: Readonly<{ id: string; kind: RecordKind }>): string => `${kind} ${id}`;

/** Where drafts, photos and packages are kept: on the phone and encrypted, or for as long as the page is open. */
export interface Keeper {
  putJson(kind: RecordKind, id: string, value: unknown, expiresAt: number): Promise<void>;
  allJson(kind: RecordKind): Promise<readonly unknown[]>;
  putBytes(kind: RecordKind, id: string, of: string, bytes: ArrayBuffer, expiresAt: number): Promise<void>;
  bytes(kind: RecordKind, id: string): Promise<ArrayBuffer | null>;
  remove(id: string): Promise<void>;
  removeOf(of: string): Promise<void>;
  removeKind(kind: RecordKind): Promise<void>;
  removeExpired(nowMs: number): Promise<void>;
}

export class EncryptedKeeper implements Keeper {
  constructor(private readonly dataKey: CryptoKey) {}

  async putJson(kind: RecordKind, id: string, value: unknown, expiresAt: number): Promise<void> {
    await this.put({ kind, id, of: '', expiresAt }, new TextEncoder().encode(JSON.stringify(value)));
  }

  async allJson(kind: RecordKind): Promise<readonly unknown[]> {
    const rows = await database.records.where('kind').equals(kind).toArray();
    return Promise.all(
      rows.map(async (row) => JSON.parse(new TextDecoder().decode(await unseal(this.dataKey, aboutOf(row), row))) as unknown),
    );
  }

  async putBytes(kind: RecordKind, id: string, of: string, bytes: ArrayBuffer, expiresAt: number): Promise<void> {
    await this.put({ kind, id, of, expiresAt }, bytes);
  }

  async bytes(_: RecordKind, id: string): Promise<ArrayBuffer | null> {
    const row = await database.records.get(id);
    return row === undefined ? null : unseal(this.dataKey, aboutOf(row), row);
  }

  async remove(id: string): Promise<void> {
    await database.records.delete(id);
  }

  async removeOf(of: string): Promise<void> {
    await database.records.where('of').equals(of).delete();
  }

  async removeKind(kind: RecordKind): Promise<void> {
    await database.records.where('kind').equals(kind).delete();
  }

  async removeExpired(nowMs: number): Promise<void> {
    await database.records.where('expiresAt').belowOrEqual(nowMs).delete();
  }

  private async put(head: Omit<StoredRecord, 'iv' | 'data'>, content: BufferSource): Promise<void> {
    const sealed = await seal(this.dataKey, aboutOf(head), content);
    await database.records.put({ ...head, ...sealed });
  }
}

type Held = Readonly<{ kind: RecordKind; of: string; expiresAt: number; value: unknown }>;
/** Without HTTPS or without a PIN: nothing is written to the phone. */
export class MemoryKeeper implements Keeper {
  private readonly held = new Map<string, Held>();

  async putJson(kind: RecordKind, id: string, value: unknown, expiresAt: number): Promise<void> {
    this.held.set(id, { kind, of: '', expiresAt, value });
  }
  async allJson(kind: RecordKind): Promise<readonly unknown[]> {
    return [...this.held.values()].filter((one) => one.kind === kind).map(({ value }) => value);
  }
  async putBytes(kind: RecordKind, id: string, of: string, bytes: ArrayBuffer, expiresAt: number): Promise<void> {
    this.held.set(id, { kind, of, expiresAt, value: bytes });
  }
  async bytes(_: RecordKind, id: string): Promise<ArrayBuffer | null> {
    const value = this.held.get(id)?.value;
    return value instanceof ArrayBuffer ? value : null;
  }
  async remove(id: string): Promise<void> {
    this.held.delete(id);
  }
  async removeOf(of: string): Promise<void> {
    this.removeWhere((one) => one.of === of);
  }
  async removeKind(kind: RecordKind): Promise<void> {
    this.removeWhere((one) => one.kind === kind);
  }
  async removeExpired(nowMs: number): Promise<void> {
    this.removeWhere((one) => one.expiresAt <= nowMs);
  }
  /** Everything, to be taken over by a store that was just made. */
  entries(): readonly (readonly [string, Held])[] {
    return [...this.held];
  }
  private removeWhere(gone: (one: Held) => boolean): void {
    for (const [id, one] of this.held) if (gone(one)) this.held.delete(id);
  }
}

/** Whether pages may keep anything here at all: keys and service workers are for secure contexts. */
export const canKeep = (): boolean => window.isSecureContext && 'indexedDB' in window && 'subtle' in crypto;

export const deviceRecord = async (): Promise<DeviceRecord | null> => (canKeep() ? ((await database.device.get('device')) ?? null) : null);

type Issued = Readonly<{ deviceId: string; secret: string }>;
export const makeStore = async (pin: string, { deviceId, secret }: Issued, accountId: string, lead: number): Promise<Keeper | null> => {
  const deviceSecret = await importDeviceSecret(secret);
  const wrapped = await makeVault(pin, deviceSecret);
  await database.records.clear();
  await database.device.put({ id: 'device', deviceId, accountId, secret: deviceSecret, wrapped, wrong: 0, lead });
  const dataKey = await openVault(pin, deviceSecret, wrapped);
  return dataKey === null ? null : new EncryptedKeeper(dataKey);
};

export type Opened = Readonly<{ is: 'open'; keeper: Keeper }> | Readonly<{ is: 'wrong'; left: number }> | Readonly<{ is: 'wiped' }>;

/** The attempt is counted before it is made; after five in vain nothing is left. */
export const openStore = async (pin: string): Promise<Opened> => {
  const device = await deviceRecord();
  if (device === null) return { is: 'wiped' };
  const { wrong, outcome } = countAttempt(device.wrong);
  await database.device.update('device', { wrong });
  const dataKey = await openVault(pin, device.secret, device.wrapped);
  if (dataKey !== null) {
    await database.device.update('device', { wrong: 0 });
    return { is: 'open', keeper: new EncryptedKeeper(dataKey) };
  }
  if (outcome === 'try-again') return { is: 'wrong', left: WRONG_PINS - wrong };
  await wipeStore();
  return { is: 'wiped' };
};

export const rememberLead = async (lead: number): Promise<void> => {
  if (canKeep()) await database.device.update('device', { lead });
};

/** Keys and records together; without the keys, whatever remained of the records could not be read. */
export const wipeStore = async (): Promise<void> => {
  if (!canKeep()) return;
  await database.device.clear().catch(() => undefined);
  await database.delete();
  database = new PhoneDatabase();
};
