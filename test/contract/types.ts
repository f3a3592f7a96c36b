/**
 * What every answer must be, in the types of the installed `openai` package. What we add is named here, so
 * that nothing is added unseen.
 */
export const TYPES = `
import type { ImagesResponse, ImageGenStreamEvent as Gen, ImageEditStreamEvent as Edit } from 'openai/resources/images'
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { Model } from 'openai/resources/models'
import type { Response, ResponseErrorEvent, ResponseStreamEvent } from 'openai/resources/responses/responses'
import type { ResponseItemList } from 'openai/resources/responses'
import type { FileObject } from 'openai/resources/files'
import type { ErrorObject } from 'openai/resources/shared'

/** What it cost in USD, beside the counts. */
type Priced<Of> = {
  [Key in keyof Of]: Key extends 'usage' ? Of[Key] | (NonNullable<Of[Key]> & { cost?: number }) : Of[Key]
}
type ImageGenStreamEvent = Priced<Gen>
type ImageEditStreamEvent = Priced<Edit>

/** OpenAI's type knows the sizes of its first models only. */
type Images = Priced<Omit<ImagesResponse, 'size'>> & { size?: string; model: string; seed?: number | string }

type ChatImage = { type: 'image_url'; index: number; image_url: { url: string } }
type Choice = ChatCompletion.Choice
type Chat = Priced<Omit<ChatCompletion, 'choices'>> & {
  choices: (Omit<Choice, 'message'> & { message: Choice['message'] & { images?: ChatImage[] } })[]
}
type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string; images?: ChatImage[] }
type ChatChunk = Priced<Omit<ChatCompletionChunk, 'choices'>> & {
  choices: (Omit<ChatCompletionChunk.Choice, 'delta'> & { delta: Delta })[]
}

type ListedModel = Model & Record<string, unknown>
type ModelList = { object: 'list'; data: ListedModel[] }

/** The official client makes output_text by itself. */
type Answer = Priced<Omit<Response, 'output_text'>>
type OnWire<Event> = Event extends { response: Response }
  ? Omit<Event, 'response'> & { response: Answer }
  : Event
type ResponseEvent =
  | Exclude<OnWire<ResponseStreamEvent>, { type: 'error' }>
  | (ResponseErrorEvent & { error: Fault })
type Deleted = { id: string; object: 'response'; deleted: true }

/** Ours: how a job stands. OpenAI has nothing like it. */
type Job = { id: string; object: 'image.job'; created_at: number; model: string; endpoint: string }
type ImageJob = Job &
  (
    | { status: 'queued'; queue_position?: number }
    | { status: 'in_progress' | 'cancelled' | 'expired' }
    | { status: 'failed'; error: ErrorObject }
    | { status: 'completed'; result: Images }
  )

type Fault = ErrorObject & { job_id?: string }
type Failure = { error: Fault }
/** Of images and chat: OpenAI documents none; this form makes all three official clients throw. */
type FailureEvent = { type: 'error'; error: Fault; code: string | null; message: string }
`
