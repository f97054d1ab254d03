/* Marks the words of the findings in the rich text fields, leads from a finding to its block, and asks for a fresh
   verdict when the editor pauses. Without it the panel shows the verdict on what is stored. */
(() => {
    const PAUSE = 900;
    const SEVERITIES = ["error", "warning", "info"];

    const findPlace = (path) => document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`);

    /* The range of the n-th equal words among the text nodes of a place. */
    const findRange = (place, quote, occurrence) => {
        const root = place.querySelector("[contenteditable=true]");
        if (!root) return null;
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const nodes = [];
        let text = "";
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            nodes.push([text.length, node]);
            text += node.data;
        }
        let start = text.indexOf(quote);
        for (let at = 0; at < occurrence && start >= 0; at += 1) start = text.indexOf(quote, start + 1);
        if (start < 0 || !nodes.length) return null;
        const locate = (offset) => nodes.filter(([from]) => from <= offset).pop();
        const [from, first] = locate(start);
        const [upTo, last] = locate(start + quote.length - 1);
        const range = document.createRange();
        range.setStart(first, start - from);
        range.setEnd(last, start + quote.length - upTo);
        return range;
    };

    const findRangeOf = (mark) => {
        const place = findPlace(mark.dataset.path);
        return place && findRange(place, mark.dataset.quote, Number(mark.dataset.occurrence));
    };

    const highlight = (panel) => {
        if (!CSS.highlights) return;
        for (const severity of SEVERITIES) {
            const marks = [...panel.querySelectorAll(`.vipcopy-mark--${severity}`)];
            CSS.highlights.set(`vipcopy-${severity}`, new Highlight(...marks.map(findRangeOf).filter(Boolean)));
        }
    };

    const recheck = async (panel, form) => {
        const body = new FormData(form);
        for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
        const answer = await fetch(panel.dataset.vipcopyUrl, { method: "POST", body, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) return;
        panel.querySelector("[data-vipcopy-verdict]").innerHTML = await answer.text();
        highlight(panel);
    };

    const go = (event) => {
        const button = event.target.closest("[data-vipcopy-go]");
        if (!button) return;
        const mark = button.closest("[data-vipcopy-mark]");
        const place = findPlace(mark.dataset.path);
        if (!place) return;
        place.scrollIntoView({ block: "center", behavior: "smooth" });
        const input = place.querySelector("[contenteditable=true], input:not([type=hidden]), textarea");
        if (input) input.focus({ preventScroll: true });
    };

    const start = (panel) => {
        const form = panel.closest("form");
        let timer;
        const wait = (event) => {
            if (event.target.closest(".vipcopy-reason")) return;
            clearTimeout(timer);
            timer = setTimeout(() => recheck(panel, form).catch(() => {}), PAUSE);
        };
        panel.addEventListener("click", go);
        setTimeout(() => highlight(panel), 600); // the rich text fields have been drawn by then
        if (form && panel.dataset.vipcopyUrl) for (const kind of ["input", "keyup", "change"]) form.addEventListener(kind, wait);
    };

    const startAll = () => document.querySelectorAll("[data-vipcopy]").forEach(start);
    if (document.readyState === "complete") startAll();
    else window.addEventListener("load", startAll);
})();
