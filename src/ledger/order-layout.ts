import type { Layout } from './layout.ts'

/** The orders of a scope and the requests for them; what is in them is told by `OrderRow` and `OrderTry`. */
export const ORDER_LAYOUT: Layout = {
  tables: [
    `CREATE TABLE IF NOT EXISTS orders (
   id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, caller TEXT NOT NULL, step TEXT NOT NULL,
   body_hash TEXT NOT NULL, state TEXT, taken TEXT, hold INTEGER, found_at INTEGER,
   created_seconds INTEGER NOT NULL, last_try INTEGER NOT NULL, expires_at INTEGER NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS tries (
   request TEXT NOT NULL, job INTEGER NOT NULL, came_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
   ended TEXT, ended_at INTEGER, PRIMARY KEY (request, job))`,
  ],
  earlier: [
    {
      // Until November 2026: one table, `taken` with the caller in it or the word "refused", and how many had
      // asked in place of who.
      table: 'jobs',
      column: 'attached',
      takeOver: [
        // When it was ordered was not written down; a key was kept for 24 hours, so it was then or before.
        `INSERT INTO orders (request, caller, step, body_hash, state, taken, created_seconds, last_try, expires_at)
         SELECT request, coalesce(json_extract(iif(json_valid(taken), taken, NULL), '$.caller'), ''), step,
         body_hash, iif(taken = 'refused', 'refused', NULL), iif(json_valid(taken), taken, NULL),
         max(0, expires_at / 1000 - 24 * 3600), 0, expires_at FROM jobs ORDER BY id`,
        `INSERT INTO tries (request, job, came_at, due_at, ended, ended_at)
         SELECT jobs.request, orders.id, 0, 0, iif(released_at IS NULL, NULL, 'left'), released_at
         FROM jobs JOIN orders ON orders.request = jobs.request AND orders.step = jobs.step`,
        'DROP TABLE jobs',
      ],
    },
  ],
}
