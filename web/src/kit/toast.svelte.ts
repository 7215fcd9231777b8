import { t } from '../i18n/t'

export interface Toast {
  id: number
  text: string
  bad: boolean
  undo: (() => Promise<void>) | null
}

export const toasts = $state<Toast[]>([])

let last = 0

/** Tells what happened. With undo the user can take it back; what went wrong stays until it is dismissed. */
export function tell(text: string, options: { bad?: boolean; undo?: () => Promise<void> } = {}): void {
  const id = ++last
  toasts.push({ id, text, bad: options.bad ?? false, undo: options.undo ?? null })
  if (!options.bad) setTimeout(() => dismiss(id), options.undo ? 10_000 : 5_000)
}

export function dismiss(id: number): void {
  const i = toasts.findIndex((x) => x.id === id)
  if (i >= 0) toasts.splice(i, 1)
}

/** Takes the latest thing back that can be. */
export function undoLatest(): boolean {
  const toast = toasts.findLast((x) => x.undo)
  if (toast) void takeBack(toast)
  return toast !== undefined
}

export async function takeBack(toast: Toast): Promise<void> {
  const undo = toast.undo
  dismiss(toast.id)
  try {
    await undo?.()
  } catch (e) {
    tell(t('toast.undoFailed', { why: wordsOf(e) }), { bad: true })
  }
}

/** What to tell of something that went wrong. */
export function wordsOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e)
}

/** Does something and tells when it fails. */
export async function attempt(deed: () => Promise<void>): Promise<void> {
  try {
    await deed()
  } catch (e) {
    tell(wordsOf(e), { bad: true })
  }
}
