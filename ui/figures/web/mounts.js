// How a figure stands on Streamlit's page: made once in its place, told what the server says anew, and taken away with the place.

/**
 * @template D, S
 * @typedef {{update: (data: D, send: (sent: S) => void) => void, gone: () => void}} Figure
 */

/**
 * Return what Streamlit mounts; what the figure sends becomes the component's state "sent".
 * @template D, S
 * @param {(place: HTMLElement, send: (sent: S) => void, data: D) => Figure<D, S>} make
 */
export function mounts(make) {
  /** @type {WeakMap<HTMLElement, Figure<D, S>>} */
  const known = new WeakMap();
  /** @param {{data: [D], parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} component */
  return function mount({ data: [data], parentElement, setStateValue }) {
    parentElement.dataset.mounted = ""; // even where nothing is drawn: the first text stands until every part is there (boot.js)
    const send = (/** @type {S} */ sent) => setStateValue("sent", sent);
    const figure = known.get(parentElement);
    if (figure) figure.update(data, send);
    else known.set(parentElement, make(parentElement, send, data));
    return () => {
      known.get(parentElement)?.gone();
      known.delete(parentElement);
    };
  };
}
