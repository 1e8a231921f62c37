import type { MailSettings, WebhookHost } from '@app/settings';

/** What the instance's settings say about telling people. */
export class NotificationOptions {
  readonly mail: MailSettings | null = null;
  readonly webhookHosts: readonly WebhookHost[] = [];
  /** Links begin with it; without it mail names numbers alone. */
  readonly publicUrl: string | null = null;

  constructor(given: Partial<NotificationOptions> = {}) {
    Object.assign(this, given);
  }
}
