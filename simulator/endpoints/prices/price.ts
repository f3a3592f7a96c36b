type Unit =
  | 'images'
  | 'megapixels'
  | 'seconds'
  | 'videos'
  | 'minutes'
  | '1000 characters'
  | 'audios'

export interface Price {
  readonly unit_price: number
  readonly unit: Unit
}
