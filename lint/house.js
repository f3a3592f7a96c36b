// House rules that no stock linter has: who may import whom (design: two languages and one waist), and
// that outside JSON is `unknown` until a schema has seen it.
import path from 'node:path'

/** room -> rooms it may import from. A room may always import from itself. */
const DOORS = {
  lib: [],
  job: ['lib'],
  openai: ['job', 'lib'],
  models: ['job', 'lib'],
  fal: ['job', 'lib'],
  pictures: ['job', 'lib'],
  ledger: ['job', 'lib'],
  'run-image-job': ['models', 'fal', 'job', 'lib'],
  'find-image-job': ['run-image-job', 'models', 'fal', 'job', 'lib'],
  http: ['openai', 'pictures', 'job', 'lib'],
  settings: ['models', 'job', 'lib'],
  bindings: ['ledger', 'job', 'lib'],
  app: [
    'http',
    'openai',
    'run-image-job',
    'find-image-job',
    'models',
    'fal',
    'pictures',
    'ledger',
    'settings',
    'job',
    'lib',
  ],
  worker: ['app', 'bindings', 'settings', 'http', 'ledger', 'lib'],
}

function roomOf(file) {
  const inside = path.relative(path.join(import.meta.dirname, '../src'), file)
  if (inside.startsWith('..')) return undefined
  const [first] = inside.split(path.sep)
  return first.replace(/(\.test)?\.ts$/, '')
}

const importDirection = {
  create(context) {
    const file = context.filename
    const from = roomOf(file)
    if (from === undefined || file.includes('.test.') || from === 'testing') return {}
    const check = (node) => {
      const source = node.source?.value
      if (typeof source !== 'string' || !source.startsWith('.')) return
      const to = roomOf(path.resolve(path.dirname(file), source))
      if (to === from) return
      const allowed = DOORS[from]
      if (to === undefined || allowed === undefined || !allowed.includes(to)) {
        context.report({
          node,
          message: `${from} may not import ${to ?? source}; it may import: ${(allowed ?? []).join(', ') || 'nothing'} (lint/house.js, DOORS)`,
        })
      }
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

const noTypedJson = {
  create(context) {
    return {
      CallExpression(node) {
        const callee = node.callee
        const typed = node.typeArguments ?? node.typeParameters
        if (typed && callee.type === 'MemberExpression' && callee.property.name === 'json') {
          context.report({
            node,
            message: 'json<T>() is a cast in disguise: read unknown and parse it with a schema',
          })
        }
      },
    }
  },
}

const disableNeedsReason = {
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (/^\s*(oxlint|eslint)-disable/.test(comment.value) && !/ -- \S/.test(comment.value)) {
            context.report({ loc: comment.loc, message: 'say why after " -- "' })
          }
        }
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    'import-direction': importDirection,
    'no-typed-json': noTypedJson,
    'disable-needs-reason': disableNeedsReason,
  },
}
