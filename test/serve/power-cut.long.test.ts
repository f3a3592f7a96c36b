import { testChaos } from '../ledger/chaos.ts'
import { startToBeKilled } from './kill-served.ts'

testChaos({ orders: 200, restarts: 1, start: startToBeKilled })
