// Nothing is waited for without an end.

/** The outcome of `promise`, if it has one within `seconds`; otherwise an error that says what was waited for. */
export async function within(seconds, what, promise) {
  let timer;
  const end = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${seconds} s in vain for ${what}`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, end]);
  } finally {
    clearTimeout(timer);
  }
}
