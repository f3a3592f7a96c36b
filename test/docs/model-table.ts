export { toModelTable } from '../../scripts/catalogue/model-facts.ts'
