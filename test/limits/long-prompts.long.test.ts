import { testLongMessages } from '../../src/openai/prompt/long-messages.fixture.ts'

testLongMessages(200)
