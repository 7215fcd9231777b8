// Shows HTML that someone wrote for a letter: only what a letter needs is taken over, element by element, so that
// nothing in it runs, loads or covers the page.

const elements = new Set('A ABBR B BLOCKQUOTE BR CENTER CODE DIV EM FONT H1 H2 H3 H4 H5 H6 HR I LI OL P PRE S SMALL SPAN STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR U UL'.split(' '))
const attributes = new Set(['align', 'valign', 'width', 'height', 'colspan', 'rowspan', 'bgcolor', 'color', 'border', 'cellpadding', 'cellspacing', 'title'])
const gone = new Set('SCRIPT STYLE TITLE TEMPLATE IFRAME OBJECT EMBED SVG MATH NOSCRIPT'.split(' '))
const styles = /^(color|background-color|font-(size|weight|style|family)|text-(align|decoration)|line-height|padding(-\w+)?|margin(-\w+)?|border(-\w+)*|width|max-width|vertical-align)$/

/** The nodes that show a letter in HTML. */
export function letterNodes(html: string): Node[] {
  return taken(new DOMParser().parseFromString(html, 'text/html').body)
}

function taken(from: Node): Node[] {
  return [...from.childNodes].flatMap((n): Node[] => {
    if (n.nodeType === Node.TEXT_NODE) return [document.createTextNode(n.textContent ?? '')]
    if (!(n instanceof Element)) return []
    const name = n.tagName.toUpperCase()
    if (gone.has(name)) return []
    if (name === 'IMG') return [document.createTextNode(n.getAttribute('alt') ? `[${n.getAttribute('alt')}]` : '')]
    if (!elements.has(name)) return taken(n)
    const to = document.createElement(name)
    for (const a of n.attributes) if (attributes.has(a.name)) to.setAttribute(a.name, a.value)
    if (name === 'A' && /^(https?:|mailto:|tel:)/i.test(n.getAttribute('href') ?? '')) {
      to.setAttribute('href', n.getAttribute('href')!)
      to.setAttribute('target', '_blank')
      to.setAttribute('rel', 'noopener noreferrer')
    }
    dress(to, n.getAttribute('style') ?? '')
    to.append(...taken(n))
    return [to]
  })
}

// Set one by one through the object model, which the page's policy allows; an attribute it does not.
function dress(to: HTMLElement, style: string): void {
  for (const part of style.split(';')) {
    const at = part.indexOf(':')
    const [name, value] = [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]
    if (at > 0 && styles.test(name) && !/url\s*\(|expression|@import|var\(/i.test(value)) to.style.setProperty(name, value)
  }
}
