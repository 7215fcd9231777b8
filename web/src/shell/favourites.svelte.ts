import { keep, kept, onKept } from '../kit/kept'

export interface Favourite {
  href: string
  label: string
}

/** The lists and records that the user marked. */
class Favourites {
  all = $state<Favourite[]>(kept('favourites', []))

  has(href: string): boolean {
    return this.all.some((f) => f.href === href)
  }

  toggle(href: string, label: string): void {
    this.all = this.has(href) ? this.all.filter((f) => f.href !== href) : [...this.all, { href, label }]
    keep('favourites', this.all)
  }
}

export const favourites = new Favourites()
onKept('favourites', () => (favourites.all = kept('favourites', [])))
