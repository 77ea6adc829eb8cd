/** What the tests ask of a page: it runs inside of it, from before its first element on. */
globalThis.probe = (() => {
  const shifts = [];
  const violations = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    violations.push(`${effectiveDirective} ${blockedURI}`),
  );
  const note = (entries) => {
    for (const { value, sources } of entries)
      shifts.push({ value, moved: sources.map(({ node }) => nameOf(node)) });
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });

  /** An element as a person would name it: `p.lead "The first words"`. */
  function nameOf(node) {
    if (node === null || node === undefined) return "nothing";
    if (node.nodeType !== Node.ELEMENT_NODE) return nameOf(node.parentElement);
    const text = node.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 40);
    return `${[node.localName, ...node.classList].join(".")} "${text}"`;
  }

  function frame() {
    return new Promise((resolve) => requestAnimationFrame(() => resolve()));
  }

  /** Resolves when the page has been painted, with its style sheets, and once more since. */
  async function painted() {
    while (performance.getEntriesByName("first-contentful-paint").length === 0) await frame();
    await frame();
    await frame();
  }

  function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  /** Scrolls to the end, a screen at a time, and waits for the pictures of each. */
  async function scrollThrough() {
    for (;;) {
      await frame();
      const pending = [...document.images].filter((image) => isInView(image) && !image.complete);
      await Promise.all(pending.map(loaded));
      await frame();
      await frame();
      const before = scrollY;
      scrollBy({ top: innerHeight, behavior: "instant" });
      if (scrollY === before) return;
    }
  }

  function loaded(image) {
    return new Promise((resolve) => {
      image.addEventListener("load", resolve, { once: true });
      image.addEventListener("error", resolve, { once: true });
      if (image.complete) resolve();
    });
  }

  /** The style by which people see where the focus is. */
  function look(element) {
    const { outline, outlineOffset, boxShadow, backgroundColor, color, borderColor, textDecoration } =
      getComputedStyle(element);
    return [outline, outlineOffset, boxShadow, backgroundColor, color, borderColor, textDecoration].join(
      " | ",
    );
  }

  /** The element with the focus: where it is, whether it can be seen, and whether its look says that it has the focus. */
  function focus() {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    const focused = look(element);
    element.blur();
    const blurred = look(element);
    element.focus({ focusVisible: true, preventScroll: true });
    return {
      name: nameOf(element),
      href: element.getAttribute("href") ?? "",
      isInView: width > 1 && height > 1 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight,
      isMarked: focused !== blurred,
      place: [...document.querySelectorAll("*")].indexOf(element),
    };
  }

  /** What is wrong with the page's headings and pictures. */
  function structure() {
    const headings = document.querySelectorAll("h1").length;
    const pictures = [...document.images].filter((image) => !isForeign(image));
    return [
      ...(headings === 1 ? [] : [`${headings} elements h1`]),
      ...[...document.images]
        .filter((image) => !image.hasAttribute("alt"))
        .map((image) => `no alt: ${image.src}`),
      ...pictures
        .filter(
          (image) => !(Number(image.getAttribute("width")) > 0 && Number(image.getAttribute("height")) > 0),
        )
        .map((image) => `no width and height: ${image.src}`),
      ...pictures.filter((image) => isDistorted(image)).map((image) => `distorted: ${image.src}`),
    ];
  }

  function isForeign(image) {
    return new URL(image.src).host !== location.host;
  }

  /** Whether a picture's attributes have another shape than its file. */
  function isDistorted(image) {
    if (image.naturalWidth === 0) return false;
    const said = Number(image.getAttribute("width")) / Number(image.getAttribute("height"));
    return Math.abs(said / (image.naturalWidth / image.naturalHeight) - 1) > 0.02;
  }

  /** The elements that reach beyond the sides of the window, where it can be scrolled sideways. */
  function wide() {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    });
    return [`${scrollWidth} of ${clientWidth} px`, ...beyond.slice(0, 5).map(nameOf)];
  }

  function isClipped(overflow) {
    return overflow === "hidden" || overflow === "clip";
  }

  /** Elements whose text is cut off because it doesn't fit. */
  function cut() {
    return [...document.body.querySelectorAll("*")]
      .filter((element) => {
        const { overflowX, overflowY, clipPath, display, webkitLineClamp } = getComputedStyle(element);
        // Hidden on purpose, for people who listen; or shortened on purpose, after so many lines.
        if (clipPath !== "none" || webkitLineClamp !== "none") return false;
        if (display === "inline" || element.textContent.trim() === "") return false;
        return (
          (isClipped(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
          (isClipped(overflowX) && element.scrollWidth > element.clientWidth + 1)
        );
      })
      .map(nameOf);
  }

  /** Where the heading and the first paragraphs are, of those that the window shows as a whole. */
  function texts() {
    return [...document.querySelectorAll("h1, main p")]
      .filter((element) => element.checkVisibility() && isReadable(element))
      .slice(0, 4)
      .map((element) => {
        const { left: x, top, width, height } = element.getBoundingClientRect();
        return { name: nameOf(element), x, y: top, width, height };
      });
  }

  function isReadable(element) {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return isInside && element.textContent.trim() !== "" && width > 8 && height > 8;
  }

  return {
    painted,
    texts,
    scrollThrough,
    focus,
    structure,
    wide,
    cut,
    shown: () => [...document.images].map((image) => image.naturalWidth > 0),
    violations: () => violations,
    shifts() {
      note(observer.takeRecords());
      return shifts;
    },
    rootFontSize: () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
})();
