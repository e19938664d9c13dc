/** Remembers what is made of a text, for up to `most` texts; the same thing is given to all who ask, so none may change it. */
export function remembered<Made>(make: (text: string) => Made, most = 2000): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    let one = made.get(text);
    if (one === undefined) {
      one = make(text);
      if (made.size >= most) made.clear();
      made.set(text, one);
    }
    return one;
  };
}
