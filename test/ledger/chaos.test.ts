import { testChaos } from './chaos.ts'

testChaos({ orders: 100, restarts: 2 })
