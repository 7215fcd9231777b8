// Builds the console beside the committed files and compares them byte by byte.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const committed = new URL('../../server/page/dist', import.meta.url).pathname
const built = mkdtempSync(join(tmpdir(), 'console-'))

const list = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(dir, join(e.parentPath, e.name)))
    .sort()

try {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'error', '--outDir', built, '--emptyOutDir'], { stdio: 'inherit' })
  const names = [...new Set([...list(built), ...list(committed)])]
  const other = names.filter((n) => !same(join(built, n), join(committed, n)))
  if (other.length > 0) {
    console.error(`The committed files are not those of the sources: ${other.join(', ')}\nRun make web and commit server/page/dist.`)
    process.exitCode = 1
  } else console.log(`${names.length} built files are those of the sources`)
} finally {
  rmSync(built, { recursive: true })
}

function same(a, b) {
  try {
    return readFileSync(a).equals(readFileSync(b))
  } catch {
    return false // one of them is missing
  }
}
