const key = 'truckroll.workbench'
const most = 50

/** The queries that this browser ran, newest first, each once. */
export function past(): string[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(all) ? all.filter((q) => typeof q === 'string') : []
  } catch {
    return []
  }
}

export function remember(soql: string): string[] {
  const all = [soql, ...past().filter((q) => q !== soql)].slice(0, most)
  localStorage.setItem(key, JSON.stringify(all))
  return all
}

export function forget(): string[] {
  localStorage.removeItem(key)
  return []
}
