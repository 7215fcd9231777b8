/** Scrolls the row that holds an element sideways, so that the element stands in its middle, whenever it is the one; the page stays where it is. */
export function centre(node: HTMLElement, one: boolean) {
  const show = (is: boolean) => {
    const row = node.parentElement
    if (!is || !row) return
    const [a, b] = [node.getBoundingClientRect(), row.getBoundingClientRect()]
    row.scrollLeft += a.left + a.width / 2 - (b.left + b.width / 2)
  }
  show(one)
  return { update: show }
}
