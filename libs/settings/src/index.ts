export { loadSettings, SettingsError, type WrongSetting } from './load-settings';
export {
  LOG_LEVELS,
  SETTING_NAMES,
  warningOf,
  type EventStoreSettings,
  type MailSettings,
  type QueueSettings,
  type Settings,
  type WebhookHost,
} from './settings.schema';
export { announceReady, stopWithLauncher, surviveFullLog } from './launcher-link';
export { eventStoreUrl, UnusableUrl, type EventStoreUrl } from './event-store-url';
