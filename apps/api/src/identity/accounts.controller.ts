import { Accounts, SecurityLog, Tokens, type AccountRow, type SecurityRow, type TokenRow } from '@app/identity';
import type { AccountId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { notFound } from '../platform/problem';
import { Access, BeforePasswordChange, CurrentAccount, type SignedIn } from '../security/access';
import { accountId, changePasswordRequest, createAccountRequest, issueTokenRequest, logQuery, tokenId } from './identity.requests';

@ApiTags('account 账号')
@Controller('account')
export class AccountController {
  constructor(@Inject(Accounts) private readonly accounts: Accounts) {}

  /** Replace one's own password; all other sessions end. No Idempotency-Key: nothing that follows from a password is kept. */
  @Put('password')
  @HttpCode(204)
  @Access({ note: 'own password 本人密码' })
  @BeforePasswordChange()
  @WithoutIdempotencyKey()
  async changePassword(
    @Body({ schema: changePasswordRequest }) { present, wanted }: z.output<typeof changePasswordRequest>,
    @CurrentAccount() account: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const keep = account.by.kind === 'session' ? account.by.sessionId : null;
    await this.accounts.changePassword(account.accountId, present, wanted, keep, { personId: account.personId, ip: request.ip });
  }
}

@ApiTags('administration 系统管理')
@Controller('admin/accounts')
export class AdminAccountsController {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  @Get()
  @Access({ roles: ['admin'], note: 'accounts 账号' })
  async list(): Promise<Readonly<{ accounts: readonly (AccountRow & { personName: string | null })[] }>> {
    const view = await this.directory.view();
    const accounts = await this.accounts.list();
    return { accounts: accounts.map((a) => ({ ...a, personName: view.person(a.personId)?.name ?? null })) };
  }

  /** Answers a one-time password, this once; it is kept nowhere, so this write takes no Idempotency-Key. */
  @Post()
  @Access({ roles: ['admin'], note: 'create account 开户' })
  @WithoutIdempotencyKey()
  async create(
    @Body({ schema: createAccountRequest }) body: z.output<typeof createAccountRequest>,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<{ id: AccountId; login: string; password: string }>> {
    const view = await this.directory.view();
    if (view.person(body.personId) === undefined) throw notFound();
    return this.accounts.create(body, { personId: by.personId, ip: request.ip });
  }

  /** A new one-time password; all sessions of the account end. No Idempotency-Key, as above. */
  @Post(':accountId/password-resets')
  @Access({ roles: ['admin'], note: 'reset password 重置密码' })
  @WithoutIdempotencyKey()
  async reset(
    @Param('accountId', { schema: accountId }) id: AccountId,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<{ password: string }>> {
    return { password: await this.accounts.resetPassword(id, { personId: by.personId, ip: request.ip }) };
  }

  @Put(':accountId/withdrawal')
  @HttpCode(204)
  @Access({ roles: ['admin'], note: 'withdraw account 停用' })
  async withdraw(
    @Param('accountId', { schema: accountId }) id: AccountId,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.accounts.withdraw(id, { personId: by.personId, ip: request.ip });
  }

  @Put(':accountId/unlocking')
  @HttpCode(204)
  @Access({ roles: ['admin'], note: 'unlock account 解锁' })
  async unlock(
    @Param('accountId', { schema: accountId }) id: AccountId,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.accounts.unlock(id, { personId: by.personId, ip: request.ip });
  }
}

@ApiTags('administration 系统管理')
@Controller('admin/tokens')
export class AdminTokensController {
  constructor(@Inject(Tokens) private readonly tokens: Tokens) {}

  @Get()
  @Access({ roles: ['admin'], note: 'tokens 令牌' })
  async list(): Promise<Readonly<{ tokens: readonly TokenRow[] }>> {
    return { tokens: await this.tokens.list() };
  }

  /** Answers the token, this once; it is kept nowhere, so this write takes no Idempotency-Key. */
  @Post()
  @Access({ roles: ['admin'], note: 'issue token 发放令牌' })
  @WithoutIdempotencyKey()
  issue(
    @Body({ schema: issueTokenRequest }) body: z.output<typeof issueTokenRequest>,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<{ id: string; token: string }>> {
    return this.tokens.issue(body, { personId: by.personId, ip: request.ip });
  }

  @Put(':tokenId/revocation')
  @HttpCode(204)
  @Access({ roles: ['admin'], note: 'revoke token 收回令牌' })
  async revoke(
    @Param('tokenId', { schema: tokenId }) id: string,
    @CurrentAccount() by: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.tokens.revoke(id, { personId: by.personId, ip: request.ip });
  }
}

/** An entry with the name of who did it; the log itself holds none. */
export type SecurityEntryAnswer = SecurityRow & Readonly<{ personName: string | null }>;
export type SecurityLogPage = Readonly<{ entries: readonly SecurityEntryAnswer[] }>;

@ApiTags('audit 审计')
@Controller('security-log')
export class SecurityLogController {
  constructor(
    @Inject(SecurityLog) private readonly log: SecurityLog,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** Newest first; `before`: the id of the last entry of the page before. For auditors only: who administers the system does not read its log. */
  @Get()
  @Access({ roles: ['auditor'], note: 'security log 安全日志' })
  async read(
    @Query({ schema: logQuery }) { limit, before, kind, personId, from, to }: z.output<typeof logQuery>,
  ): Promise<SecurityLogPage> {
    const view = await this.directory.view();
    const rows = await this.log.read({ limit, before, kind, personId, from, to });
    return {
      entries: rows.map((row) => ({ ...row, personName: row.personId === null ? null : (view.person(row.personId)?.name ?? null) })),
    };
  }
}
