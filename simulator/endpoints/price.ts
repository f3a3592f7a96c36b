type Unit = 'images' | 'megapixels' | 'seconds' | 'videos'

export interface Price {
  readonly unit_price: number
  readonly unit: Unit
}
