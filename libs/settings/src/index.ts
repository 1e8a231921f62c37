export { loadSettings, SettingsError, type WrongSetting } from './load-settings';
export { LOG_LEVELS, SETTING_NAMES, warningOf, type EventStoreSettings, type QueueSettings, type Settings } from './settings.schema';
export { announceReady, stopWithLauncher } from './launcher-link';
export { eventStoreUrl, UnusableUrl, type EventStoreUrl } from './event-store-url';
