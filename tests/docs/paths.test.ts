import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const ROOMS = ['src', 'adapters', 'migrations', 'tests', 'bench', 'docs', 'examples', 'lint'] as const

const filesIn = (room: string) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map(file => join(room, file))

const FILES = ROOMS.flatMap(filesIn)
const PAGES = ['README.md', 'CONTRIBUTING.md', ...FILES.filter(file => file.endsWith('.md'))]

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** `src/store/` and `src/chat/door/door.ts`; NAME and NNNN stand for what the reader will write. */
const PATH = new RegExp(String.raw`(?<![\w./:-])(?:${ROOMS.join('|')})/[\w.*/-]*[\w*/]`, 'g')
const PLACEHOLDER = /\b(NAME|NNNN)\b|\*|YYYY/

function pathsIn(text: string): string[] {
  const found = text.match(PATH) ?? []
  return found.filter(path => !PLACEHOLDER.test(path))
}

/** "`src/domain/scoring/readings/reading.ts` → `scale.ts`": a bare name is a file beside the path before it on its line. */
function bareNamesIn(page: string): string[] {
  return read(page)
    .split('\n')
    .flatMap(line => {
      let folder: string | undefined
      return [...line.matchAll(/(?<![\w.*/-])([\w./-]+\.ts)(?![\w-])/g)].flatMap(([, name = '']) => {
        if (!name.includes('/')) return folder === undefined ? [name] : [join(folder, name)]
        folder = dirname(name)
        return []
      })
    })
}

function isThere(name: string): boolean {
  return name.includes('/') ? existsSync(join(ROOT, name)) : FILES.some(file => basename(file) === name)
}

function linksIn(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return links.filter(target => !/^[a-z]+:/.test(target))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(ROOT, target))) return false
  return anchor === undefined || anchorsOf(target).includes(anchor)
}

const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe.each(PAGES)('%s', page => {
  it('names only files and folders that are there', () => {
    expect(pathsIn(read(page)).filter(path => !existsSync(join(ROOT, path)))).toEqual([])
    expect(bareNamesIn(page).filter(name => !isThere(name))).toEqual([])
  })

  it('names only functions that stand in the file it names for them', () => {
    const named = [...read(page).matchAll(/`(\w+)` in `([\w./-]+\.ts)`/g)]

    expect(named.filter(([, name = '', path = '']) => !read(path).includes(name)).map(([all]) => all)).toEqual([])
  })

  it('has no link that leads nowhere', () => {
    expect(linksIn(page).filter(link => !leadsSomewhere(page, link))).toEqual([])
  })
})

it('shows every folder of src in the tree of the README', () => {
  const [, tree = ''] = /```\nsrc\/\n(.*?)```/s.exec(read('README.md')) ?? []
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())

  expect(folders.map(({ name }) => name).filter(name => !tree.includes(` ${name}/`))).toEqual([])
})

it('has no comment in the sources that names a file that is not there', () => {
  const sources = ['src', 'adapters', 'migrations'].flatMap(filesIn).filter(file => file.endsWith('.ts'))
  const gone = sources.flatMap(file =>
    pathsIn(commentsOf(read(file)))
      .filter(path => !existsSync(join(ROOT, path)))
      .map(path => `${file}: ${path}`),
  )

  expect(gone).toEqual([])
})

function commentsOf(source: string): string {
  const lines = source.split('\n').filter(line => /^\s*(\/\/|\/?\*)/.test(line) && !line.includes('biome-ignore'))
  return lines.join('\n')
}
