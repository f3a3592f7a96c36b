import { useLayoutEffect, useState } from 'preact/hooks'

/**
 * Files that are dropped on the page, or pasted, from the moment at which the page asks for them.
 *
 * @returns whether something is being dragged over the page
 */
export function useDroppedFiles(add: (files: Iterable<File>) => void): boolean {
  const [dragging, setDragging] = useState(false)
  useLayoutEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setDragging(true)
    }
    const leave = (event: DragEvent): void => {
      // Only when it leaves the window.
      if (event.relatedTarget === null) setDragging(false)
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      setDragging(false)
      add(event.dataTransfer?.files ?? [])
    }
    const paste = (event: ClipboardEvent): void => {
      add(event.clipboardData?.files ?? [])
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    addEventListener('paste', paste)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
      removeEventListener('paste', paste)
    }
  }, [add])
  return dragging
}
