/**
 * An error meant for a person: one line saying what happened, where, and what to do.
 * `badInput` ends a command with exit 2, `notAchieved` with exit 1.
 */
export class UserError extends Error {
  readonly reason: 'badInput' | 'notAchieved' | 'cancelled';
  /** Extra fields for `--json`, such as the `candidates` of an ambiguous name. */
  readonly details: Record<string, unknown>;

  constructor(
    reason: 'badInput' | 'notAchieved' | 'cancelled',
    message: string,
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'UserError';
    this.reason = reason;
    this.details = details;
  }

  static is(error: unknown, reason?: UserError['reason']): error is UserError {
    return error instanceof UserError && (reason === undefined || error.reason === reason);
  }
}
