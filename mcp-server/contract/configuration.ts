import { z } from 'zod';

/** The configuration file, `$XDG_CONFIG_HOME/aiops/config.yaml`. One file for both processes; all of it optional. */
export const configuration = z.strictObject({
  /** The language of answers. */
  lang: z.enum(['en', 'ko', 'zh']).optional(),
  /** Which of `accounts` is current, `demo` for the account that ships with the product, or `aws`. */
  account: z.string().optional(),
  /** Regions to look at in every account that names none of its own. */
  regions: z.array(z.string().min(1)).optional(),
  accounts: z
    .array(
      z.union([
        z.strictObject({
          name: z.string().min(1),
          /** A profile of the AWS configuration files; without it the default credential chain. */
          profile: z.string().optional(),
          /** A role to assume with those credentials. */
          role_arn: z.string().optional(),
          regions: z.array(z.string().min(1)).optional(),
        }),
        z.strictObject({
          name: z.string().min(1),
          /** A simulated account's file, absolute or beside the configuration file. */
          file: z.string().min(1),
        }),
      ]),
    )
    .optional(),
  /** Ids, ARNs or names that no tool may ever change destructively. */
  protected: z.array(z.string().min(1)).optional(),
  /** The most resources one destructive call may touch. */
  max_targets: z.int().min(1).max(100).optional(),
  read_only: z.boolean().optional(),
  /** How long a proposal can be approved, in seconds. */
  approval_seconds: z.int().min(10).max(86_400).optional(),
  /** The most that one log query may be expected to scan, in GiB: CloudWatch bills what is scanned. */
  log_scan_gib: z.number().positive().max(100_000).optional(),
  /** For how many days sessions and what was typed are kept after their last use; 0: nothing is. */
  session_days: z.int().min(0).max(3_650).optional(),
  /** Plain labelled lines and nothing that moves, for a screen reader. */
  screen_reader: z.boolean().optional(),
  /** What the terminal's background is, for the colours; `auto`: colours that suit both. */
  theme: z.enum(['auto', 'dark', 'light']).optional(),
});
export type Configuration = z.infer<typeof configuration>;

export const DEFAULT_MAX_TARGETS = 3;
export const DEFAULT_SESSION_DAYS = 30;
export const DEFAULT_LOG_SCAN_GIB = 10;
export const DEFAULT_APPROVAL_SECONDS = 900;
