import { toAudioModelList, toVoiceList } from '../../openai/audio/audio-lists.ts'

/** What menus are filled with. */
export interface AudioListService {
  /** The names of models that speak. */
  readonly speakers: () => readonly string[]
  /**
   * The voices of a model; undefined: of the one that speaks when none is named.
   *
   * @throws ProblemError `model_not_found`, `invalid_request`
   */
  readonly voicesOf: (model: string | undefined) => Promise<readonly string[]>
}

/** `GET /v1/audio/models`, without a key: Open WebUI sends none. */
export function serveAudioModels(service: AudioListService): Response {
  return Response.json(toAudioModelList(service.speakers()))
}

/**
 * `GET /v1/audio/voices`, with or without `?model=`.
 *
 * @throws ProblemError `model_not_found`, `invalid_request`
 */
export async function serveVoices(request: Request, service: AudioListService): Promise<Response> {
  const model = new URL(request.url).searchParams.get('model') ?? undefined
  return Response.json(toVoiceList(await service.voicesOf(model)))
}
