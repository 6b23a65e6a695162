import * as z from 'zod/mini';

export const TABS = ['chat', 'plan', 'changes', 'runs'] as const;
export type Tab = (typeof TABS)[number];

export const TAB_TITLES: Record<Tab, string> = {
  chat: 'Chat',
  plan: 'Plan',
  changes: 'Changes',
  runs: 'Runs',
};

/** The one thing the view keeps itself; everything else comes from the host again. */
export interface UiState {
  tab: Tab;
  draft: string;
  /** Pixels from the top, by tab. */
  scroll: Partial<Record<Tab, number>>;
  /** The run that Plan and Changes show; absent: the latest. */
  selectedRun?: string;
  helpShown: boolean;
}

export const initialUi: UiState = { tab: 'chat', draft: '', scroll: {}, helpShown: false };

export function readUi(saved: unknown): UiState {
  const schema = z.object({
    tab: z.enum(TABS),
    draft: z.string(),
    scroll: z.object({
      chat: z.optional(z.number()),
      plan: z.optional(z.number()),
      changes: z.optional(z.number()),
      runs: z.optional(z.number()),
    }),
    selectedRun: z.optional(z.string()),
    helpShown: z.boolean(),
  });
  const parsed = schema.safeParse(saved);
  return parsed.success ? parsed.data : initialUi;
}
