import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { moveRepository, PLACES, readRepository } from '../../scripts/repository.ts'
import { readPage, ROOT } from './page.ts'

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const name = readRepository()

/** Where a text's links lead at GitHub. */
function repositoriesIn(text: string): readonly string[] {
  return [...text.matchAll(/github\.com\/([\w-]+\/[\w.-]*[\w-])/g)].map(([, one = '']) =>
    one.replace(/\.git$/, ''),
  )
}

describe('the public repository is set in one place', () => {
  test('and every file that leads there is known', () => {
    const files = globSync(
      ['*.{md,json}', '.github/**/*.{md,yml}', '{docs,playground,src,simulator}/**/*.{md,ts,tsx}'],
      { cwd: ROOT, exclude: ['**/node_modules', 'package-lock.json'] },
    )
    const leading = files.filter((file) => repositoriesIn(read(file)).includes(name))
    expect(leading.toSorted()).toEqual([...PLACES].toSorted())
  })

  test('and nothing leads to one of the same name elsewhere', () => {
    const own = name.split('/')[1]
    const others = PLACES.flatMap((file) => repositoriesIn(read(file))).filter(
      (one) => one !== name && one.split('/')[1] === own,
    )
    expect(others).toEqual([])
  })

  test.for(['README.md', 'README.zh-CN.md', 'docs/deploy.md', 'docs/deploy.zh-CN.md'])(
    'and the button in %s deploys it',
    (file) => {
      const button = /\(https:\/\/deploy\.workers\.cloudflare\.com\/\?url=([^)]*)\)/
      expect(button.exec(read(file))?.[1]).toBe(`https://github.com/${name}`)
    },
  )

  test('and package.json says where to read and where to complain', () => {
    const { homepage, bugs } = z
      .object({ homepage: z.string(), bugs: z.object({ url: z.string() }) })
      .parse(JSON.parse(read('package.json')))
    expect({ homepage, bugs: bugs.url }).toEqual({
      homepage: `https://github.com/${name}#readme`,
      bugs: `https://github.com/${name}/issues`,
    })
  })

  test.for(PLACES)('and moves from there to everywhere: %s', (file) => {
    const moved = moveRepository(read(file), name, 'alice/my.pictures')
    expect(repositoriesIn(moved)).toContain('alice/my.pictures')
    expect(repositoriesIn(moved)).not.toContain(name)
    expect(moved).not.toContain('OWNER')
    const again = moveRepository(moved, 'alice/my.pictures', 'bob/x')
    expect(repositoriesIn(again)).toEqual(
      repositoriesIn(moved).map((one) => (one === 'alice/my.pictures' ? 'bob/x' : one)),
    )
  })
})

test('a repository whose name only begins alike is left alone', () => {
  const text = 'https://github.com/alice/app, https://github.com/alice/app-two'
  expect(moveRepository(text, 'alice/app', 'bob/x')).toBe(
    'https://github.com/bob/x, https://github.com/alice/app-two',
  )
})

test('the changelog begins with what is not released, and leads to each version that is', () => {
  const { headings, text } = readPage('CHANGELOG.md')
  const [first, ...releases] = headings.filter((heading) => heading.startsWith('## '))
  expect(first).toBe('## [Unreleased]')
  for (const release of releases) {
    const version = /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$/.exec(release)?.[1] ?? release
    expect(text).toContain(`\n[${version}]: https://github.com/${name}/releases/tag/v${version}\n`)
  }
})

test('actions are pinned by a commit, and say which version that is', () => {
  const steps = globSync('.github/workflows/*.yml', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(/uses: (.*)/g)].map(([, step = '']) => step),
  )
  expect(steps.length).toBeGreaterThan(0)
  for (const step of steps) expect(step).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})
