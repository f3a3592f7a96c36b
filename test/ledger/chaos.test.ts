import { testChaos } from './chaos.ts'

testChaos({ orders: 150, restarts: 2 })
