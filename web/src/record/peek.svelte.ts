/** The record that is shown beside the page. */
export const peeked = $state<{ object: string; id: string }>({ object: '', id: '' })

/** Alt+click on a link to a record shows it beside the page instead of going there. */
export function peek(e: MouseEvent, object: string, id: string): void {
  if (!e.altKey) return
  e.preventDefault()
  Object.assign(peeked, { object, id })
}

export function unpeek(): void {
  Object.assign(peeked, { object: '', id: '' })
}
