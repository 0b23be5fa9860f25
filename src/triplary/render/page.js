"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const place = document.getElementById("drawing");
  const chosen = document.getElementById("chosen");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const fonts = getComputedStyle(document.body).fontFamily;
  let colours = dark.matches ? data.dark : data.light;
  const pictograms = new Map(Object.entries(data.pictograms).map(([name, path]) => [name, new Path2D(path)]));
  let near = null;

  // Nodes are drawn here, not by vis-network, so that shapes and labels are those of the SVG.
  const draw = ({ ctx, id, x, y, label }) => {
    const node = nodes.get(id);
    const mark = () => {
      ctx.save();
      ctx.globalAlpha = near && !near.has(id) ? 0.2 : 1;
      ctx.beginPath();
      if (node.corners.length) {
        for (const [dx, dy] of node.corners) ctx.lineTo(x + dx * node.size, y + dy * node.size);
        ctx.closePath();
      } else {
        ctx.arc(x, y, node.size, 0, 2 * Math.PI);
      }
      ctx.lineJoin = "round";
      ctx.fillStyle = colours[`c${node.slot}`];
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = colours.ground;
      ctx.stroke();
      if (node.mark) {
        const [side, below] = node.mark;
        ctx.save();
        ctx.translate(x - side / 2, y + below - side / 2);
        ctx.scale(side / 24, side / 24);
        ctx.fillStyle = colours.ground;
        ctx.fill(pictograms.get(node.pictogram));
        ctx.restore();
      }
      if (node.asked) {
        ctx.beginPath();
        ctx.arc(x, y, node.size + 4.5, 0, 2 * Math.PI);
        ctx.strokeStyle = colours.ring;
        ctx.stroke();
      }
      ctx.restore();
    };
    const caption = () => {
      if (!node.seat) return;
      ctx.save();
      ctx.globalAlpha = near && !near.has(id) ? 0.2 : 1;
      ctx.font = `${node.asked ? "600 " : ""}${node.seat.size}px ${fonts}`;
      ctx.textAlign = { middle: "center", start: "left", end: "right" }[node.seat.anchor];
      ctx.textBaseline = "alphabetic";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = colours.ground;
      ctx.fillStyle = colours.ink;
      node.seat.text.forEach((line, row) => {
        const at = [x + node.seat.x, y + node.seat.y + row * node.seat.size * data.leading];
        ctx.strokeText(line, ...at);
        ctx.fillText(line, ...at);
      });
      ctx.restore();
    };
    return { drawNode: mark, drawExternalLabel: caption, nodeDimensions: { width: 2 * node.size, height: 2 * node.size } };
  };

  const edgeLook = (edge) => ({
    id: edge.id,
    color: { color: colours[edge.tone], highlight: colours[edge.tone], hover: colours[edge.tone], inherit: false,
             opacity: near && !(near.has(edge.from) && near.has(edge.to)) ? 0.15 : 1 },
  });

  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, ctxRenderer: draw })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, ...edgeLook(edge) })));
  const network = new vis.Network(place, { nodes, edges }, data.options);

  network.on("beforeDrawing", (ctx) => {
    const axis = data.axis;
    if (!axis) return;
    ctx.save();
    ctx.strokeStyle = colours.edge;
    ctx.lineWidth = 1;
    ctx.globalAlpha = 0.22;
    ctx.beginPath();
    for (const [x] of axis.ticks) {
      ctx.moveTo(x, axis.top);
      ctx.lineTo(x, axis.bottom);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.moveTo(axis.left, axis.bottom);
    for (const x of axis.breaks) {
      ctx.lineTo(x - 4, axis.bottom);
      for (const dx of [-7, 1]) {
        ctx.moveTo(x + dx, axis.bottom + 5);
        ctx.lineTo(x + dx + 6, axis.bottom - 5);
      }
      ctx.moveTo(x + 4, axis.bottom);
    }
    ctx.lineTo(axis.right, axis.bottom);
    ctx.stroke();
    ctx.font = `11px ${fonts}`;
    ctx.fillStyle = colours.quiet;
    ctx.textAlign = "center";
    for (const [x, date] of axis.ticks) ctx.fillText(date, x, axis.bottom + 16);
    ctx.textAlign = "left";
    ctx.fillText(axis.note, axis.left, axis.bottom + 40);
    ctx.restore();
  });

  network.on("afterDrawing", (ctx) => {
    for (const edge of data.edges) {
      if (!edge.marks && !edge.text) continue;
      const line = network.body.edges[edge.id].edgeType;
      ctx.save();
      ctx.globalAlpha = near && !(near.has(edge.from) && near.has(edge.to)) ? 0.15 : 1;
      if (edge.text) {
        const { x, y } = line.getPoint(edge.text.share);
        ctx.font = `10px ${fonts}`;
        ctx.textAlign = "center";
        ctx.lineJoin = "round";
        ctx.lineWidth = 3.5;
        ctx.strokeStyle = colours.ground;
        ctx.fillStyle = colours.quiet;
        ctx.strokeText(edge.text.line, x, y + 3.5);
        ctx.fillText(edge.text.line, x, y + 3.5);
      }
      ctx.strokeStyle = colours[edge.tone];
      ctx.lineWidth = 2;
      for (const share of edge.marks ? [0.22, 0.78] : []) {
        const { x, y } = line.getPoint(share);
        ctx.beginPath();
        ctx.moveTo(x - 4, y - 4);
        ctx.lineTo(x + 4, y + 4);
        ctx.moveTo(x - 4, y + 4);
        ctx.lineTo(x + 4, y - 4);
        ctx.stroke();
      }
      ctx.restore();
    }
  });

  const repaint = () => {
    edges.update(data.edges.map(edgeLook));
    network.redraw();
  };
  dark.addEventListener("change", () => {
    colours = dark.matches ? data.dark : data.light;
    repaint();
  });

  const tell = (heading, link, lines) => {
    const title = document.createElement("h2");
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.rel = "noreferrer";
      anchor.textContent = heading;
      title.append(anchor);
    } else {
      title.textContent = heading;
    }
    const list = document.createElement("ul");
    for (const line of lines) {
      const item = document.createElement("li");
      item.textContent = line;
      list.append(item);
    }
    chosen.replaceChildren(title, list);
    chosen.hidden = false;
  };

  network.on("click", ({ nodes: picked, edges: touched }) => {
    near = picked.length ? new Set([picked[0], ...network.getConnectedNodes(picked[0])]) : null;
    chosen.hidden = true;
    if (picked.length) {
      const node = nodes.get(picked[0]);
      tell(node.label, node.link, network.getConnectedEdges(picked[0]).map((id) => edges.get(id).title));
    } else if (touched.length) {
      const edge = edges.get(touched[0]);
      tell(edge.said, "", [edge.title]);
    }
    repaint();
  });

  // The wheel scrolls the page until the drawing has the focus, so that nobody is trapped in it.
  place.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !place.contains(document.activeElement)) event.stopPropagation();
  }, { capture: true, passive: true });

  // vis-network would fit the nodes alone and cut their labels off.
  const fit = () => {
    const [left, top, right, bottom] = data.frame;
    const scale = Math.min(place.clientWidth / (right - left + 40), place.clientHeight / (bottom - top + 40), 1.4);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  };
  fit();
  window.addEventListener("resize", fit);
  document.documentElement.dataset.drawn = "yes";
})();
