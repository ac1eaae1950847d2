// What a figure can do beside being looked at: values at the pointer, lines that come and go by their names, zoom.
(function () {
  "use strict";

  const NS = "http://www.w3.org/2000/svg";

  function make(name, attributes, parent) {
    const made = document.createElementNS(NS, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return parent.appendChild(made);
  }

  function html(name, className, parent, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text || "";
    return parent.appendChild(made);
  }

  function pointer(svg, event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  }

  // A name in the legend hides or shows what is drawn in its colour.
  function toggles(svg) {
    svg.querySelectorAll(".key").forEach((key) => {
      const own = svg.querySelectorAll('.series[data-series="' + key.dataset.series + '"]');
      const press = () => {
        const shown = key.getAttribute("aria-pressed") === "true";
        key.setAttribute("aria-pressed", String(!shown));
        own.forEach((series) => series.classList.toggle("off", shown));
      };
      key.setAttribute("tabindex", "0");
      key.setAttribute("role", "button");
      key.setAttribute("aria-pressed", "true");
      key.addEventListener("click", press);
      key.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          press();
        }
      });
    });
  }

  function interactive(plot, svg, chart) {
    const [left, top, width, height] = chart.dataset.box.split(" ").map(Number);
    const abreast = /LINES|BARS|HISTOGRAM/.test(chart.dataset.kind); // what stands above one place is shown together
    const parallel = chart.dataset.kind === "PARALLEL"; // the line at the pointer stands out
    const zoomable = chart.dataset.kind.endsWith("LINES") && chart.dataset.x !== "";
    const marks = chart.querySelector(".marks");
    const values = html("div", "values", plot);
    const cursor = make("path", { fill: "none", class: "stroke-faint", stroke: "#888888", "pointer-events": "none" }, chart);
    const selection = make("rect", { fill: "#888888", "fill-opacity": 0.2, y: top, height: height, width: 0 }, chart);
    const area = make("rect", { x: left, y: top, width: width, height: height, fill: "none", "pointer-events": "all" }, chart);
    const all = [...chart.querySelectorAll(".series[data-points]")].map((element) => {
      const key = svg.querySelector('.key[data-series="' + element.dataset.series + '"]');
      const points = element.dataset.points.split(";").filter(Boolean).map((text) => {
        const [x, y, at, value] = text.split("|");
        return { x: Number(x), y: Number(y), at: at, value: value, series: element };
      });
      return { element: element, name: key ? key.dataset.name : "", points: points };
    });
    let scale = 1;
    let from = left;
    let dragged = null;
    const shown = (x) => left + (x - from) * scale;

    function hide() {
      values.hidden = true;
      all.forEach((series) => series.element.classList.remove("near"));
      cursor.setAttribute("d", "");
    }

    // The points at the pointer: of lines and bars all that are above one another, of dots and cells the nearest.
    function show(event) {
      const at = pointer(svg, event);
      const distance = (p) => Math.hypot(shown(p.x) - at.x, abreast ? 0 : p.y - at.y);
      const visible = all.filter((series) => !series.element.classList.contains("off"));
      const near = visible.flatMap((series) => series.points)
        .filter((p) => shown(p.x) >= left - 1 && shown(p.x) <= left + width + 1)
        .reduce((best, p) => (best === null || distance(p) < distance(best) ? p : best), null);
      if (near === null) {
        hide();
        return;
      }
      const found = visible.map((series) => ({
        series: series,
        point: series.points.find((p) => abreast ? p.x === near.x : p === near),
      })).filter((each) => each.point).sort((a, b) => a.point.y - b.point.y);
      values.replaceChildren();
      all.forEach((series) => series.element.classList.toggle("near", parallel && series === found[0].series));
      html("div", "", values, near.at);
      found.forEach((each) => {
        const row = html("div", "", values);
        row.style.color = each.series.element.getAttribute("color");
        row.style.setProperty("--dark", each.series.element.style.getPropertyValue("--dark"));
        if (each.series.name) {
          html("i", "", row);
          html("span", "name", row, each.series.name);
        }
        html("span", "", row, each.point.value);
      });
      values.hidden = false;
      const x = shown(near.x);
      cursor.setAttribute("d", abreast ? "M" + x + " " + top + "v" + height : "");
      // beside the pointer, on the side that has more room
      const page = plot.clientWidth / svg.viewBox.baseVal.width;
      const right = x - left < width / 2;
      values.style.top = (top + 6) * page + "px";
      values.style.left = right ? (x + 12) * page + "px" : "";
      values.style.right = right ? "" : plot.clientWidth - (x - 12) * page + "px";
    }

    // Marks keep their shape, lines their width; numbers that are no longer there go.
    function zoom(a, b) {
      scale = width / (b - a);
      from = a;
      marks.setAttribute("transform", "matrix(" + scale + " 0 0 1 " + (left - from * scale) + " 0)");
      marks.classList.toggle("zoomed", scale !== 1);
      marks.querySelectorAll(".mark").forEach((mark) => {
        const at = Number(mark.dataset.at);
        mark.setAttribute("transform", "matrix(" + 1 / scale + " 0 0 1 " + (at - at / scale) + " 0)");
      });
      chart.querySelectorAll(".tick:not(.fine)").forEach((tick) => place(tick, Number(tick.dataset.at)));
      chart.querySelectorAll(".fine").forEach((tick) => tick.remove());
      if (scale > 1) {
        fineTicks();
      }
      hide();
    }

    function place(tick, at) {
      tick.setAttribute("transform", "translate(" + (shown(at) - Number(tick.dataset.at)) + " 0)");
      tick.classList.toggle("off", shown(at) < left - 0.5 || shown(at) > left + width + 0.5);
    }

    function fineTicks() {
      const [low, high] = chart.dataset.x.split(" ").map(Number);
      const unit = (high - low) / width;
      const power = Math.pow(10, Math.floor(Math.log10(((width / scale) * unit) / 5)));
      const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= ((width / scale) * unit) / 8));
      const first = Math.ceil((low + (from - left) * unit) / step);
      const model = chart.querySelector(".tick:not(.fine)");
      chart.querySelectorAll(".tick:not(.fine)").forEach((tick) => tick.classList.add("off"));
      for (let i = first; i * step <= low + (from + width / scale - left) * unit; i++) {
        const tick = chart.insertBefore(model.cloneNode(true), model);
        tick.classList.add("fine");
        tick.querySelector("text").textContent = (i * step).toLocaleString("en");
        place(tick, left + (i * step - low) / unit);
      }
    }

    area.addEventListener("pointermove", (event) => {
      show(event);
      if (dragged !== null) {
        const x = Math.min(left + width, Math.max(left, pointer(svg, event).x));
        selection.setAttribute("x", Math.min(x, dragged));
        selection.setAttribute("width", Math.abs(x - dragged));
      }
    });
    area.addEventListener("pointerleave", hide);
    if (zoomable) {
      area.addEventListener("pointerdown", (event) => {
        dragged = pointer(svg, event).x;
        area.setPointerCapture(event.pointerId);
      });
      area.addEventListener("pointerup", () => {
        const wide = Number(selection.getAttribute("width"));
        const begin = Number(selection.getAttribute("x"));
        dragged = null;
        selection.setAttribute("width", 0);
        if (wide > 8) {
          zoom(from + (begin - left) / scale, from + (begin + wide - left) / scale);
        }
      });
      area.addEventListener("dblclick", () => zoom(left, left + width));
    }
    hide();
    return zoomable;
  }

  document.querySelectorAll(".plot").forEach((plot) => {
    const svg = plot.querySelector("svg");
    toggles(svg);
    const zooms = [...svg.querySelectorAll(".chart")].map((chart) => interactive(plot, svg, chart));
    const hint = html("p", "hint", plot, "Point at the figure for values" +
      (zooms.includes(true) ? ", drag to zoom in, double-click to zoom out" : "") +
      (svg.querySelector(".key") ? ", click a name to hide or show what is drawn in its colour." : "."));
    plot.insertBefore(hint, svg);
  });
})();
