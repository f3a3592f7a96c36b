import type { JSX, TargetedPointerEvent } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

import { drawStrokes, toMask, type Stroke } from '../../lib/paint-mask.ts'
import { useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'
import { Dialog } from './dialog.tsx'

/** The brush's colour on the screen: seen on dark and on light pictures. */
const PAINT = 'rgb(236 72 153 / 0.62)'

interface Props {
  readonly source: Blob
  readonly onMask: (mask: Blob | undefined) => void
  readonly onClose: () => void
}

/** Where the part of a picture is painted that may change. */
export function MaskDialog({ source, onMask, onClose }: Props): JSX.Element {
  const words = useWords().brush
  const bitmap = useBitmap(source)
  const isRead = bitmap !== undefined
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  // A tenth of the shorter side covers a face in a portrait.
  const [share, setShare] = useState(10)
  const finish = async (): Promise<void> => {
    if (bitmap === undefined) return
    onMask(strokes.length === 0 ? undefined : await toMask(bitmap, strokes))
    onClose()
  }
  const everything = (): void => {
    if (bitmap === undefined) return
    const { width, height } = bitmap
    setStrokes([{ radius: Math.max(width, height), points: [{ x: width / 2, y: height / 2 }] }])
  }
  return (
    <Dialog title={words.title} closeLabel={words.cancel} kind="mask" onClose={onClose}>
      {bitmap !== undefined && (
        <MaskCanvas
          bitmap={bitmap}
          radius={(Math.min(bitmap.width, bitmap.height) * share) / 200}
          strokes={strokes}
          onStrokes={setStrokes}
        />
      )}
      <div class="mask-tools">
        <label class="row small">
          {words.size}
          <input
            type="range"
            min={2}
            max={40}
            value={share}
            onInput={({ currentTarget }) => {
              setShare(currentTarget.valueAsNumber)
            }}
          />
        </label>
        <StrokeTools strokes={strokes} onStrokes={setStrokes} />
        <button type="button" class="button" disabled={!isRead} onClick={everything}>
          {words.all}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!isRead}
          onClick={() => void finish()}
        >
          {words.done}
        </button>
      </div>
    </Dialog>
  )
}

interface Strokes {
  readonly strokes: readonly Stroke[]
  readonly onStrokes: (strokes: readonly Stroke[]) => void
}

function StrokeTools({ strokes, onStrokes }: Strokes): JSX.Element {
  const words = useWords().brush
  const none = strokes.length === 0
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={none}
        onClick={() => {
          onStrokes(strokes.slice(0, -1))
        }}
      >
        <Icon name="undo" />
        {words.undo}
      </button>
      <button
        type="button"
        class="button"
        disabled={none}
        onClick={() => {
          onStrokes([])
        }}
      >
        {words.clear}
      </button>
    </>
  )
}

function useBitmap(source: Blob): ImageBitmap | undefined {
  const [bitmap, setBitmap] = useState<ImageBitmap>()
  useEffect(() => {
    let shown = true
    const read = async (): Promise<void> => {
      const made = await createImageBitmap(source)
      if (shown) setBitmap(made)
    }
    void read()
    return () => {
      shown = false
    }
  }, [source])
  return bitmap
}

function MaskCanvas(
  props: Strokes & { readonly bitmap: ImageBitmap; readonly radius: number },
): JSX.Element {
  const words = useWords().brush
  const { bitmap, radius, strokes, onStrokes } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === null || context === undefined) return
    context.drawImage(bitmap, 0, 0)
    const paint = new OffscreenCanvas(bitmap.width, bitmap.height)
    const layer = paint.getContext('2d')
    if (layer === null) return
    // On a layer of its own, so that strokes over each other are no darker.
    drawStrokes(layer, strokes)
    layer.globalCompositeOperation = 'source-in'
    layer.fillStyle = PAINT
    layer.fillRect(0, 0, bitmap.width, bitmap.height)
    context.drawImage(paint, 0, 0)
  }, [bitmap, strokes])
  const pointOf = ({ currentTarget, clientX, clientY }: PointerOn) => {
    const box = currentTarget.getBoundingClientRect()
    return {
      x: ((clientX - box.left) / box.width) * bitmap.width,
      y: ((clientY - box.top) / box.height) * bitmap.height,
    }
  }
  return (
    <canvas
      ref={canvas}
      class="mask-canvas"
      role="img"
      aria-label={words.canvas}
      width={bitmap.width}
      height={bitmap.height}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onStrokes([...strokes, { radius, points: [pointOf(event)] }])
      }}
      onPointerMove={(event) => {
        const last = strokes.at(-1)
        if (event.buttons === 0 || last === undefined) return
        const longer = { ...last, points: [...last.points, pointOf(event)] }
        onStrokes([...strokes.slice(0, -1), longer])
      }}
    />
  )
}

type PointerOn = TargetedPointerEvent<HTMLCanvasElement>
