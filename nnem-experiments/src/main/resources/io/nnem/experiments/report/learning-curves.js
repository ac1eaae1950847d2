(function () {
  "use strict";

  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function cssColour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function element(tag, className, parent) {
    const made = document.createElement(tag);
    made.className = className;
    parent.appendChild(made);
    return made;
  }

  function swatch(curve, colour) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("width", "48");
    svg.setAttribute("height", "12");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(ns, "line");
    const attributes = {
      x1: 1, x2: 47, y1: 6, y2: 6,
      stroke: colour,
      "stroke-width": curve.width,
      "stroke-dasharray": curve.dashes.join(" "),
    };
    for (const [name, value] of Object.entries(attributes)) {
      line.setAttribute(name, value);
    }
    svg.appendChild(line);
    return svg;
  }

  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.curves).textContent);
    const across = Object.assign({ label: "Training step", at: "At step ", log: false }, data.x);
    const upward = Object.assign({ label: "Validation accuracy", min: 0, max: 1 }, data.y);
    const hidden = new Set();
    let plot = null;
    let values = [];
    let stepLine = null;

    const colourOf = (curve) => (dark.matches ? curve.darkColour : curve.colour);
    const translucent = (colour) => colour + (dark.matches ? "38" : "2b");
    const meanIndex = (i) => 1 + 3 * i;

    function valueText(curve, index) {
      const mean = curve.mean[index];
      if (mean === null || mean === undefined) {
        return "";
      }
      const high = curve.high[index];
      const spread = high === null ? "" : " \u00b1 " + (high - mean).toFixed(3);
      return mean.toFixed(3) + spread;
    }

    function showValues(index) {
      const at = index === null || index === undefined ? data.steps.length - 1 : index;
      stepLine.textContent = across.at + (data.names ? data.names[at] : data.steps[at]);
      data.curves.forEach((curve, i) => {
        values[i].textContent = valueText(curve, at);
      });
    }

    function drawCrosses(u) {
      const context = u.ctx;
      const size = 5 * devicePixelRatio;
      context.save();
      context.beginPath();
      context.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      context.clip();
      data.curves.forEach((curve, i) => {
        if (hidden.has(i)) {
          return;
        }
        for (const cross of curve.crosses) {
          const x = u.valToPos(cross.step, "x", true);
          const y = u.valToPos(cross.accuracy, "y", true);
          for (const [colour, width] of [[cssColour("--ground"), 6], [colourOf(curve), 3]]) {
            context.strokeStyle = colour;
            context.lineWidth = width * devicePixelRatio;
            context.beginPath();
            context.moveTo(x - size, y - size);
            context.lineTo(x + size, y + size);
            context.moveTo(x - size, y + size);
            context.lineTo(x + size, y - size);
            context.stroke();
          }
        }
      });
      context.restore();
    }

    function build() {
      box.replaceChildren();
      const canvas = element("div", "canvas", box);
      const series = [{ label: across.label }];
      const columns = [data.steps];
      const bands = [];
      data.curves.forEach((curve, i) => {
        const colour = colourOf(curve);
        const show = !hidden.has(i);
        series.push({
          label: curve.label, stroke: colour, width: curve.width, dash: curve.dashes,
          show: show, points: { show: across.log || data.steps.length < 2 },
        });
        series.push({ stroke: "transparent", width: 0, show: show, points: { show: false } });
        series.push({ stroke: "transparent", width: 0, show: show, points: { show: false } });
        columns.push(curve.mean, curve.high, curve.low);
        bands.push({ series: [meanIndex(i) + 1, meanIndex(i) + 2], fill: translucent(colour) });
      });
      const axis = {
        stroke: cssColour("--ink"),
        font: "14px system-ui, sans-serif",
        labelFont: "15px system-ui, sans-serif",
        grid: { stroke: cssColour("--line"), width: 1 },
        ticks: { stroke: cssColour("--line"), width: 1 },
      };
      const width = Math.max(280, box.clientWidth);
      plot = new uPlot(
        {
          width: width,
          height: Math.round(Math.min(540, Math.max(320, width * 0.55))),
          series: series,
          bands: bands,
          legend: { show: false },
          scales: {
            x: across.log ? { time: false, distr: 3, log: 2, range: across.range } : { time: false },
            y: { range: [upward.min, upward.max] },
          },
          axes: [
            Object.assign(
              { label: across.label, labelSize: 28, size: 40 },
              across.ticks ? { splits: () => across.ticks, filter: (u, ticks) => ticks } : {},
              axis
            ),
            Object.assign({ label: upward.label, labelSize: 28, size: 52 }, axis),
          ],
          cursor: { y: false, points: { size: 7 } },
          hooks: {
            setCursor: [(u) => stepLine && showValues(u.cursor.idx)],
            draw: [drawCrosses],
          },
        },
        columns,
        canvas
      );
      stepLine = element("p", "step", box);
      const legend = element("div", "legend", box);
      values = data.curves.map((curve, i) => {
        const button = element("button", "", legend);
        button.type = "button";
        button.title = curve.condition;
        button.setAttribute("aria-pressed", String(!hidden.has(i)));
        button.appendChild(swatch(curve, colourOf(curve)));
        element("span", "name", button).textContent = curve.label;
        button.addEventListener("click", () => toggle(i, button));
        return element("span", "value", button);
      });
      showValues(null);
    }

    function toggle(i, button) {
      const show = hidden.delete(i);
      if (!show) {
        hidden.add(i);
      }
      button.setAttribute("aria-pressed", String(show));
      for (let k = 0; k < 3; k++) {
        plot.setSeries(meanIndex(i) + k, { show: show });
      }
    }

    build();
    dark.addEventListener("change", build);
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (box.clientWidth !== width) {
        width = box.clientWidth;
        build();
      }
    }).observe(box);
  }

  document.querySelectorAll("[data-curves]").forEach(draw);
})();
