/** One movement of the brush, in pixels of the picture. */
export interface Stroke {
  readonly radius: number
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** Draws strokes in one colour. */
export function drawStrokes(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
): void {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const { radius, points } of strokes) {
    const [first, ...rest] = points
    if (first === undefined) continue
    context.lineWidth = radius * 2
    context.beginPath()
    context.moveTo(first.x, first.y)
    // A dot is a line to itself.
    context.lineTo(first.x, first.y)
    for (const { x, y } of rest) context.lineTo(x, y)
    context.stroke()
  }
}

/** The mask in OpenAI's custom: a PNG of the picture's size, transparent where it may change. */
export async function toMask(
  { width, height }: { readonly width: number; readonly height: number },
  strokes: readonly Stroke[],
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#000'
  context.fillRect(0, 0, width, height)
  context.globalCompositeOperation = 'destination-out'
  drawStrokes(context, strokes)
  return canvas.convertToBlob({ type: 'image/png' })
}
