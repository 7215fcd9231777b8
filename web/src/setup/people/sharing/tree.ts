/** A role in the hierarchy. */
export interface Role {
  id: string
  name: string
  parent: string | null
  users: number
}

export interface Node extends Role {
  depth: number
  below: number // direct reports
}

/** The roles as lines of a tree, each above those that report to it; those that are closed hide what is below them. */
export function linesOf(roles: Role[], closed: Set<string>): Node[] {
  const reports = new Map<string | null, Role[]>()
  const known = new Set(roles.map((r) => r.id))
  for (const r of roles) {
    const above = r.parent && known.has(r.parent) ? r.parent : null
    reports.set(above, [...(reports.get(above) ?? []), r])
  }
  const lines: Node[] = []
  const walk = (above: string | null, depth: number) => {
    for (const r of (reports.get(above) ?? []).sort((a, b) => a.name.localeCompare(b.name))) {
      const below = reports.get(r.id)?.length ?? 0
      lines.push({ ...r, depth, below })
      if (!closed.has(r.id)) walk(r.id, depth + 1)
    }
  }
  walk(null, 0)
  return lines
}

/** Whether a role stands below another, or is it. */
export function within(roles: Role[], role: string, above: string): boolean {
  const parent = new Map(roles.map((r) => [r.id, r.parent]))
  const seen = new Set<string>()
  for (let r: string | null | undefined = role; r && !seen.has(r); r = parent.get(r)) {
    if (r === above) return true
    seen.add(r)
  }
  return false
}
