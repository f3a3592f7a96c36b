export { toModelTable } from '../../scripts/model-facts.ts'
