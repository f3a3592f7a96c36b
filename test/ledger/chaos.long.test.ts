import { testChaos } from './chaos.ts'

testChaos({ orders: 600, restarts: 4 })
