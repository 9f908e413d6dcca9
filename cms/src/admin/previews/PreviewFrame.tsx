import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'

type PreviewFrameProps = {
  address: string
  name: string
  /** Names what is to be seen: with another one, `address` is loaded again. */
  turn: string
  /** How wide the screen is, CSS pixels; undefined for what has no width of its own. */
  width: number | undefined
}

/**
 * A form of the draft, shut in a frame. What comes anew is loaded behind what is seen, and takes its place, at the same
 * height of the text, once it is there. A screen that is wider than there is room for is shown smaller: laid out in less
 * room, it would be another page than the one that is asked for.
 */
export const PreviewFrame = ({ address, name, turn, width }: PreviewFrameProps) => {
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const [shown, setShown] = useState<Loaded>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address has a new token all the time
  const coming = useMemo<Loaded>(() => ({ turn, address }), [turn])
  const scale = width === undefined || room === 0 ? 1 : Math.min(1, room / width)
  const frames = shown && shown.turn !== coming.turn ? [shown, coming] : [coming]
  const take = (loaded: Loaded) => {
    if (loaded.turn !== coming.turn) return
    const [before, after] = box.current?.querySelectorAll('iframe') ?? []
    if (before && after) keepPlace(before, after)
    setShown(loaded)
  }
  return (
    <div className="signpost-preview__frame" ref={box} style={{ maxWidth: width }}>
      {frames.map((frame) => {
        const isBehind = frame === coming && shown !== undefined && shown.turn !== coming.turn
        return (
          <iframe
            key={frame.turn}
            onLoad={() => take(frame)}
            sandbox="allow-same-origin"
            src={frame.address}
            style={{
              width: width ?? '100%',
              height: `${100 / scale}%`,
              transform: `scale(${scale})`,
              visibility: isBehind ? 'hidden' : undefined,
            }}
            title={isBehind ? `${name}, as it was just saved` : name}
          />
        )
      })}
      {!shown && <p role="status">One moment.</p>}
    </div>
  )
}

type Loaded = { turn: string; address: string }

/** Scrolls a frame to where another one is. A frame that shows an error of the browser has no place. */
function keepPlace(before: HTMLIFrameElement, after: HTMLIFrameElement): void {
  const place = before.contentDocument?.scrollingElement
  if (place) after.contentDocument?.scrollingElement?.scrollTo(place.scrollLeft, place.scrollTop)
}

/** How wide an element is, CSS pixels; 0 until that is known. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
