import { testForms } from './send-forms.ts'

testForms(20_000)
