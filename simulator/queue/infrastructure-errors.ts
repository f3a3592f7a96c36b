interface InfrastructureError {
  readonly status: number
  readonly message: string
}

/** fal.ai/docs/documentation/model-apis/request-errors: `error_type` -> status and text. */
export const infrastructureErrors: Readonly<Record<string, InfrastructureError>> = {
  request_timeout: { status: 504, message: 'Request timed out' },
  startup_timeout: { status: 504, message: 'Runner startup timed out' },
  runner_scheduling_failure: { status: 503, message: 'Runner scheduling failure' },
  runner_connection_timeout: { status: 503, message: 'Runner connection timed out' },
  runner_disconnected: { status: 503, message: 'Runner disconnected' },
  runner_connection_refused: { status: 503, message: 'Runner connection refused' },
  runner_connection_error: { status: 503, message: 'Runner connection error' },
  runner_incomplete_response: { status: 502, message: 'Runner incomplete response' },
  runner_server_error: { status: 500, message: 'Runner server error' },
  client_disconnected: { status: 499, message: 'Client disconnected' },
  client_cancelled: { status: 499, message: 'Request cancelled by the client' },
  bad_request: { status: 400, message: 'Bad request' },
  internal_error: { status: 500, message: 'Internal error' },
}
