import { Devices, type DeviceRow, type NewDevice } from '@app/identity';
import type { AccountId } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { Access, CurrentAccount, Public, type SignedIn } from '../security/access';
import { accountId, deviceId, registerDeviceRequest } from './identity.requests';

export type DeviceIssued = NewDevice;
export type DeviceState = Readonly<{ deviceId: string; state: 'active' }>;
export type DeviceList = Readonly<{ devices: readonly DeviceRow[] }>;

/** Phones that keep findings and drafts of their own, encrypted with a key of which the server holds one part. */
@ApiTags('devices 设备')
@Controller('devices')
export class DevicesController {
  constructor(@Inject(Devices) private readonly devices: Devices) {}

  @Get()
  @Access({ note: 'own devices 本人设备' })
  async list(@CurrentAccount() account: SignedIn): Promise<DeviceList> {
    return { devices: await this.devices.list(account.accountId) };
  }

  /** Answers the secret; kept sealed, so this write takes no Idempotency-Key. At most five per account. */
  @Post()
  @Access({ note: 'register a device 登记设备' })
  @WithoutIdempotencyKey()
  register(
    @Body({ schema: registerDeviceRequest }) { label }: z.output<typeof registerDeviceRequest>,
    @CurrentAccount() { accountId: id, personId }: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<DeviceIssued> {
    return this.devices.register(id, label, { personId, ip: request.ip });
  }

  /** The secret again, within 15 minutes of signing in; 410 device-withdrawn once it is destroyed. */
  @Get(':deviceId/secret')
  @Access({ note: 'secret of an own device 本人设备密钥' })
  secret(
    @Param('deviceId', { schema: deviceId }) id: string,
    @CurrentAccount() { accountId: account, personId, by }: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<DeviceIssued> {
    const session = by.kind === 'session' ? by.sessionId : null;
    return this.devices.secretOf(id, account, session, { personId, ip: request.ip });
  }

  /**
   * Whether the device may keep what it holds. Asked at every contact, also without a session, which a withdrawn account has
   * no more: 410 device-withdrawn means wipe.
   */
  @Get(':deviceId')
  @Public()
  async state(@Param('deviceId', { schema: deviceId }) id: string): Promise<DeviceState> {
    return { deviceId: id, state: await this.devices.stateOf(id) };
  }

  @Delete(':deviceId')
  @HttpCode(204)
  @Access({ note: 'remove an own device 移除本人设备' })
  async remove(
    @Param('deviceId', { schema: deviceId }) id: string,
    @CurrentAccount() { accountId: account, personId }: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.devices.remove(id, account, { personId, ip: request.ip });
  }
}

@ApiTags('administration 系统管理')
@Controller('admin')
export class AdminDevicesController {
  constructor(@Inject(Devices) private readonly devices: Devices) {}

  @Get('accounts/:accountId/devices')
  @Access({ roles: ['admin'], note: 'devices of an account 账号的设备' })
  async list(@Param('accountId', { schema: accountId }) id: AccountId): Promise<DeviceList> {
    return { devices: await this.devices.list(id) };
  }

  /** A lost phone: its part of the key is destroyed, and it wipes itself at the next contact. */
  @Put('devices/:deviceId/withdrawal')
  @HttpCode(204)
  @Access({ roles: ['admin'], note: 'withdraw a device 停用设备' })
  async withdraw(
    @Param('deviceId', { schema: deviceId }) id: string,
    @CurrentAccount() { personId }: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.devices.withdraw(id, { personId, ip: request.ip });
  }
}
