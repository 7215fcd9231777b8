export interface Favourite {
  href: string
  label: string
}

const key = 'truckroll.favourites'

/** The lists and records that the user marked, kept in this browser. */
class Favourites {
  all = $state<Favourite[]>(load())

  has(href: string): boolean {
    return this.all.some((f) => f.href === href)
  }

  toggle(href: string, label: string): void {
    this.all = this.has(href) ? this.all.filter((f) => f.href !== href) : [...this.all, { href, label }]
    localStorage.setItem(key, JSON.stringify(this.all))
  }
}

function load(): Favourite[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Favourite[]
  } catch {
    return []
  }
}

export const favourites = new Favourites()
