/** What fal tells when a request has ended. */
export interface FalWebhookEvent {
  readonly requestId: string
  /** Whether the model made something; why not is told by the result. */
  readonly ok: boolean
}
