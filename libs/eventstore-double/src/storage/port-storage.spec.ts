import { logStorageContract } from './log-storage.contract';
import { openStorage } from './open-storage';

logStorageContract('in memory', () => openStorage());
