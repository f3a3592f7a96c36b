import { testForms } from './send-forms.ts'

testForms(500)
