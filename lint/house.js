// House rules that no stock linter has: who may import whom (design: two languages and one waist), and
// that outside JSON is `unknown` until a schema has seen it.
import { readdirSync } from 'node:fs'
import path from 'node:path'

/** room -> rooms it may import from. A room may always import from itself. */
const DOORS = {
  lib: [],
  job: ['lib'],
  ports: ['job'],
  tokens: ['job', 'lib'],
  openai: ['ports', 'tokens', 'job', 'lib'],
  models: ['job', 'lib'],
  fal: ['ports', 'job', 'lib'],
  media: ['ports', 'job', 'lib'],
  ledger: ['ports', 'job', 'lib'],
  'run-job': ['models', 'fal', 'job', 'lib'],
  jobs: ['run-job', 'fal', 'ledger', 'ports', 'tokens', 'job', 'lib'],
  request: ['ports', 'job', 'lib'],
  intake: ['request', 'openai', 'media', 'ports', 'tokens', 'job', 'lib'],
  reply: ['request', 'openai', 'media', 'ports', 'job', 'lib'],
  routes: [
    'request',
    'intake',
    'reply',
    'jobs',
    'openai',
    'media',
    'ports',
    'tokens',
    'job',
    'lib',
  ],
  settings: ['models', 'ledger', 'ports', 'job', 'lib'],
  app: [
    'routes',
    'reply',
    'request',
    'jobs',
    'run-job',
    'openai',
    'models',
    'fal',
    'media',
    'ledger',
    'settings',
    'ports',
    'tokens',
    'job',
    'lib',
  ],
  worker: ['app', 'settings', 'request', 'reply', 'ledger', 'lib'],
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
    if (from === undefined || file.includes('.test.')) return {}
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
    }
  },
}

/** About a dozen: what one can take in at a look. Tests and fixtures stand beside what they test. */
const MOST_FILES = 14

const folderSize = {
  create(context) {
    return {
      Program(node) {
        const folder = path.dirname(context.filename)
        if (!/[\\/](?:src|simulator|serve)(?:[\\/]|$)/.test(folder)) return
        const files = readdirSync(folder)
          .filter((name) => /(?<!\.test|\.fixture)\.tsx?$/.test(name))
          .toSorted()
        if (files.length <= MOST_FILES || files[0] !== path.basename(context.filename)) return
        context.report({
          node,
          message: `${path.basename(folder)}/ has ${files.length} files, more than ${MOST_FILES}: give what belongs together a folder`,
        })
      },
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

const isEmpty = (node) => node.type === 'ObjectExpression' && node.properties.length === 0

/** One way to write what may be absent: `...(size !== undefined && { size })`. */
const optionalSpread = {
  create(context) {
    const check = (node) => {
      const { type, consequent, alternate } = node.argument
      if (type !== 'ConditionalExpression' || !(isEmpty(consequent) || isEmpty(alternate))) return
      context.report({ node, message: 'what may be absent is spread as ...(condition && { … })' })
    }
    return { SpreadElement: check, JSXSpreadAttribute: check }
  },
}

/** `z.object(…)`, `z.string().check(…)`. */
function makesSchema({ callee }) {
  let named = callee
  while (named.type === 'MemberExpression' || named.type === 'CallExpression') {
    named = named.type === 'MemberExpression' ? named.object : named.callee
  }
  return named.type === 'Identifier' && named.name === 'z'
}

/** What runs when a module is read is paid by every start, also where nobody asks for it. */
const madeWhenUsed = {
  create(context) {
    if (roomOf(context.filename) === undefined || context.filename.includes('.test.')) return {}
    let depth = 0
    const enter = () => {
      depth += 1
    }
    const leave = () => {
      depth -= 1
    }
    return {
      FunctionDeclaration: enter,
      'FunctionDeclaration:exit': leave,
      FunctionExpression: enter,
      'FunctionExpression:exit': leave,
      ArrowFunctionExpression: enter,
      'ArrowFunctionExpression:exit': leave,
      CallExpression(node) {
        if (depth > 0 || !makesSchema(node)) return
        context.report({ node, message: 'a schema is made when it is first used: once(() => …)' })
      },
      NewExpression(node) {
        if (depth > 0 || node.callee.name !== 'RegExp') return
        context.report({ node, message: 'an expression put together waits too: once(() => …)' })
      },
    }
  },
}

const plainImports = {
  create(context) {
    if (roomOf(context.filename) === undefined || context.filename.includes('.test.')) return {}
    return {
      ImportExpression(node) {
        const message =
          'import() has the bundler wrap the module and all that it imports: import it plainly, and make what is dear with once(() => …)'
        context.report({ node, message })
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    'import-direction': importDirection,
    'folder-size': folderSize,
    'made-when-used': madeWhenUsed,
    'plain-imports': plainImports,
    'no-typed-json': noTypedJson,
    'optional-spread': optionalSpread,
    'disable-needs-reason': disableNeedsReason,
  },
}
