export { IDENTITY_ERRORS, type IdentityErrorCode } from './domain/identity.errors';
export { LOGIN, weaknessOf } from './domain/password.policy';
export { Accounts, type AccountRow, type ByWhom, type NewAccount } from './application/accounts';
export { Devices, DEVICES_PER_ACCOUNT, type DeviceRow, type NewDevice } from './application/devices';
export { FirstAdministrator, type FirstAdministratorRequest } from './application/first-administrator';
export { IdentityOptions } from './application/identity-options';
export { oneTimePassword } from './application/secrets';
export {
  SECURITY_EVENTS,
  SecurityLog,
  type SecurityEntry,
  type SecurityEvent,
  type SecurityQuery,
  type SecurityRow,
} from './application/security-log';
export { Sessions, type Opened, type Session } from './application/sessions';
export { TOKEN_SCOPES, Tokens, type NewToken, type TokenBearer, type TokenRow, type TokenScope } from './application/tokens';
export { IdentityModule } from './identity.module';
