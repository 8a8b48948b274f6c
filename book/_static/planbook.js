/* What a page of the book does in the browser: draws its charts, folds the tables under them, saves
 * pictures, keeps wide tables reachable by keyboard. Works from file:// and asks no host for anything.
 *
 * The page is complete without this file: a chart is then represented by its table, which is open in the
 * HTML and only closed here. The words come from the catalogue (window.PLANBOOK_WORDS, written per book).
 */
(function () {
  "use strict";

  var WORDS = window.PLANBOOK_WORDS || {};
  var PRINT_WIDTH = 660; // px: the text width of A4 between its margins
  var DIGEST_HEIGHT = 180; // px: of a chart on a digest, which is one sheet
  var SAVED_WIDTH = 800;
  var LEGEND_LETTERS = 14;
  var drawn = new Map(); // chart div -> Promise of its Vega view
  var columns = new Map(); // chart div -> columns of its legend as drawn
  var root = document.documentElement;
  root.classList.add("pb-js");

  /* ---- charts ---------------------------------------------------------------------------------- */

  function readSpec(chart) {
    return JSON.parse(chart.querySelector("script.pb-spec").textContent);
  }

  /* The labels of a legend are the domains of its scales. */
  function longestLabel(node) {
    if (!node || typeof node !== "object") return 0;
    var here = 0;
    var domain = node.scale && node.scale.domain;
    if (Array.isArray(domain)) {
      domain.forEach(function (label) {
        if (typeof label === "string") here = Math.max(here, label.length);
      });
    }
    Object.keys(node).forEach(function (key) {
      if (key !== "datasets" && key !== "data" && key !== "config") here = Math.max(here, longestLabel(node[key]));
    });
    return here;
  }

  function legendColumns(spec, width) {
    return Math.max(1, Math.floor(width / ((longestLabel(spec) || LEGEND_LETTERS) * 12 + 44)));
  }

  /* Legends do not wrap by themselves: give them as many columns as the width holds. */
  function fitLegend(spec, width) {
    spec.config = spec.config || {};
    spec.config.legend = spec.config.legend || {};
    if (spec.config.legend.columns === undefined) {
      spec.config.legend.columns = legendColumns(spec, width);
    }
    return spec;
  }

  function draw(chart) {
    if (drawn.has(chart)) return drawn.get(chart);
    var promise = start(chart).then(
      function (view) {
        chart.setAttribute("data-pb-drawn", "true");
        chart.style.minHeight = "";
        return view;
      },
      function (error) {
        giveUp(chart, error);
        return null;
      }
    );
    drawn.set(chart, promise);
    return promise;
  }

  function start(chart) {
    try {
      if (!window.vegaEmbed) throw new Error("vega.js is missing");
      var spec = readSpec(chart);
      columns.set(chart, legendColumns(spec, chart.clientWidth));
      spec = fitLegend(spec, chart.clientWidth);
      var canvas = document.createElement("div");
      canvas.className = "pb-canvas";
      canvas.setAttribute("aria-hidden", "true"); // the chart's label and its table say it in words
      chart.appendChild(canvas);
      return window
        .vegaEmbed(canvas, spec, {
          renderer: "svg",
          actions: false,
          defaultStyle: false,
          tooltip: { disableDefaultStyle: true },
        })
        .then(function (result) {
          return result.view;
        });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /* A chart that cannot be drawn says so and shows its table instead. */
  function giveUp(chart, error) {
    chart.setAttribute("data-pb-error", String((error && error.message) || error));
    chart.removeAttribute("role");
    chart.querySelectorAll(".pb-canvas").forEach(function (canvas) {
      canvas.remove();
    });
    var sentence = document.createElement("p");
    sentence.className = "pb-undrawn";
    sentence.textContent = WORDS.undrawn || "";
    chart.appendChild(sentence);
    var figure = chart.closest(".pb-figure");
    var details = figure && figure.querySelector("details.pb-data");
    if (details) details.open = true;
  }

  function allCharts() {
    return Array.from(document.querySelectorAll(".pb-chart"));
  }

  function drawAll() {
    return Promise.all(allCharts().map(draw));
  }

  /* Charts are drawn shortly before they scroll into view; their place is held so that nothing jumps. */
  function watchCharts() {
    var charts = allCharts();
    charts.forEach(holdPlace);
    if (!("IntersectionObserver" in window)) {
      drawAll();
      return;
    }
    var observer = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (!entry.isIntersecting) return;
          observer.unobserve(entry.target);
          draw(entry.target);
        });
      },
      { rootMargin: "800px 0px" }
    );
    charts.forEach(function (chart) {
      observer.observe(chart);
    });
  }

  function holdPlace(chart) {
    try {
      var height = readSpec(chart).height;
      if (typeof height === "number") chart.style.minHeight = height + 40 + "px";
    } catch (error) {
      giveUp(chart, error);
      drawn.set(chart, Promise.resolve(null));
    }
  }

  /* A chart is as wide as its place; Vega listens to the window only, not to a sidebar that closes. */
  function followWidth() {
    if (!("ResizeObserver" in window)) return;
    var widths = new WeakMap();
    var waiting = 0;
    var observer = new ResizeObserver(function (entries) {
      var changed = entries.some(function (entry) {
        var before = widths.get(entry.target);
        widths.set(entry.target, entry.contentRect.width);
        return before !== undefined && Math.abs(before - entry.contentRect.width) > 1;
      });
      if (!changed || waiting) return;
      waiting = window.setTimeout(function () {
        waiting = 0;
        window.dispatchEvent(new Event("resize"));
      }, 150);
    });
    allCharts().forEach(function (chart) {
      observer.observe(chart);
    });
  }

  /* A legend keeps its columns when the window narrows (a phone that is turned): draw such charts again. */
  function followLegends() {
    var waiting = 0;
    window.addEventListener("resize", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        drawn.forEach(function (promise, chart) {
          if (!chart.clientWidth || legendColumns(readSpec(chart), chart.clientWidth) === columns.get(chart)) return;
          promise.then(function (view) {
            if (view) drawAgain(chart, view);
          });
        });
      }, 200);
    });
  }

  function drawAgain(chart, view) {
    view.finalize();
    chart.removeAttribute("data-pb-drawn");
    chart.querySelectorAll(".pb-canvas").forEach(function (canvas) {
      canvas.remove();
    });
    drawn.delete(chart);
    draw(chart);
  }

  /* ---- saving a picture -------------------------------------------------------------------------- */

  /* Outside the page there are no CSS variables: put in each one's fallback, which is the light value. */
  function withoutVariables(json) {
    var before;
    do {
      before = json;
      json = json.replace(/var\(--[\w-]+\s*,\s*([^()]*)\)/g, "$1");
    } while (json !== before);
    return json;
  }

  function lines(words, length) {
    var result = [];
    for (var i = 0; i < words.length; i += length) result.push(words.slice(i, i + length));
    return result;
  }

  function credits(source) {
    return source.textContent
      .split("　")
      .filter(function (credit) {
        return credit.trim();
      })
      .reduce(function (all, credit) {
        return all.concat(lines(credit.trim(), 64));
      }, []);
  }

  /* A picture that leaves the page takes its caption and its source along. */
  function specForFile(figure) {
    var spec = JSON.parse(withoutVariables(JSON.stringify(readSpec(figure.querySelector(".pb-chart")))));
    var caption = figure.querySelector("figcaption");
    var source = figure.querySelector(".pb-source");
    spec.background = "#ffffff";
    spec.padding = 16;
    if (spec.width === "container") spec.width = SAVED_WIDTH;
    if (!spec.title && caption) {
      spec.title = {
        text: lines(caption.textContent.trim(), 48),
        subtitle: source ? credits(source) : [],
        anchor: "start",
        frame: "bounds",
        offset: 16,
      };
    }
    return fitLegend(spec, SAVED_WIDTH);
  }

  function savePicture(button) {
    var figure = button.closest(".pb-figure");
    var format = button.dataset.format;
    var options = { renderer: "svg", actions: false, defaultStyle: false };
    return window.vegaEmbed(document.createElement("div"), specForFile(figure), options).then(function (result) {
      return result.view.toImageURL(format, format === "png" ? 2 : 1).then(function (url) {
        result.finalize();
        offer(url, figure.id + "." + format);
      });
    });
  }

  function offer(url, name) {
    var link = document.createElement("a");
    link.href = url;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function onSave(event) {
    var button = event.target.closest("button.pb-save");
    if (!button) return;
    button.disabled = true;
    Promise.resolve()
      .then(function () {
        return savePicture(button);
      })
      .catch(function () {
        window.alert(WORDS.unsaved || "");
      })
      .finally(function () {
        button.disabled = false;
      });
  }

  /* ---- folding, fragments, print ----------------------------------------------------------------- */

  function foldTables() {
    document.querySelectorAll(".pb-figure details.pb-data").forEach(function (details) {
      if (details.closest(".pb-figure").querySelector(".pb-chart:not([data-pb-error])")) details.open = false;
    });
  }

  /* A link into a figure must arrive there: everything is drawn first, since drawing moves the page. */
  function followFragment() {
    var id = decodeURIComponent(window.location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (!target.closest(".pb-figure")) return;
    drawAll().then(function () {
      target.scrollIntoView({ behavior: "instant" });
    });
  }

  var opened = [];
  var heights = new Map(); // chart div -> its height on the screen

  /* Runs without waiting for anything but promises already settled, because printing does not wait. */
  function beforePrint() {
    opened = Array.from(document.querySelectorAll("details.pb-print:not([open])"));
    opened.forEach(function (details) {
      details.open = true;
    });
    allCharts().forEach(function (chart) {
      draw(chart).then(function (view) {
        if (!view) return;
        heights.set(chart, view.height());
        resize(view, PRINT_WIDTH, chart.closest(".pb-page-digest") ? DIGEST_HEIGHT : view.height());
      });
    });
  }

  function afterPrint() {
    opened.forEach(function (details) {
      details.open = false;
    });
    opened = [];
    drawn.forEach(function (promise, chart) {
      promise.then(function (view) {
        if (view) resize(view, chart.clientWidth, heights.get(chart));
      });
    });
  }

  function resize(view, width, height) {
    try {
      view.width(width).height(height).runAsync();
    } catch (error) {
      /* a chart of several panels has no such size and is scaled by the style sheet */
    }
  }

  /* ---- tables ------------------------------------------------------------------------------------ */

  /* A table that is wider than the page would squeeze a long remark into a tower of single words. */
  function sizeCells() {
    document.querySelectorAll(".pb-table td:not(.pb-n)").forEach(function (cell) {
      var letters = cell.textContent.trim().length;
      if (letters <= 10) cell.classList.add("pb-cell-short");
      else if (letters > 60) cell.classList.add("pb-cell-long");
      else if (letters > 24) cell.classList.add("pb-cell-middle");
      else cell.classList.add("pb-cell-phrase");
    });
  }

  /* Only a table that really scrolls is a stop for the keyboard. */
  function markScrolling() {
    document.querySelectorAll(".pb-scroll").forEach(function (box) {
      if (!box.clientWidth) return; // inside a closed fold
      var scrolls = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("pb-scrolls", scrolls);
      if (scrolls) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    });
  }

  /* ---- filters ----------------------------------------------------------------------------------- */

  /* A table or list says by which titles its rows can be filtered; every row has its words for each of them. */
  function addFilters() {
    document.querySelectorAll("[data-pb-filters]").forEach(function (list) {
      var rows = Array.from(list.querySelectorAll("[data-pb-words]"));
      var words = rows.map(function (row) {
        return JSON.parse(row.dataset.pbWords);
      });
      var bar = document.createElement("div");
      bar.className = "pb-filters";
      var selects = [];
      JSON.parse(list.dataset.pbFilters).forEach(function (title, place) {
        var choices = choicesOf(words, place);
        if (choices.length > 1) selects.push(makeFilter(bar, title, place, choices));
      });
      if (!selects.length) return;
      var count = document.createElement("p");
      count.className = "pb-filter-count";
      count.setAttribute("role", "status");
      bar.appendChild(count);
      function apply() {
        var shown = 0;
        rows.forEach(function (row, number) {
          var fits = selects.every(function (select) {
            return !select.value || words[number][Number(select.dataset.place)].indexOf(select.value) >= 0;
          });
          row.hidden = !fits;
          if (fits) shown += 1;
        });
        var sentence = WORDS.filtered || "";
        count.textContent =
          shown === rows.length ? "" : sentence.replace("{total}", rows.length).replace("{shown}", shown);
        markScrolling();
      }
      bar.addEventListener("change", apply);
      (list.closest(".pb-scroll") || list).before(bar);
      apply(); // a browser that comes back to the page restores what was chosen
    });
  }

  function choicesOf(words, place) {
    var choices = [];
    words.forEach(function (row) {
      row[place].forEach(function (word) {
        if (choices.indexOf(word) < 0) choices.push(word);
      });
    });
    return choices;
  }

  function makeFilter(bar, title, place, choices) {
    var label = document.createElement("label");
    var select = document.createElement("select");
    select.dataset.place = place;
    label.append(title + " ", select);
    select.add(new Option(WORDS.everything || "", ""));
    choices.forEach(function (word) {
      select.add(new Option(word, word));
    });
    bar.appendChild(label);
    return select;
  }

  /* On paper several credits stand in one line (planbook.css shows the space and hides the break). */
  function spaceCredits() {
    document.querySelectorAll(".pb-figure .pb-source br").forEach(function (line) {
      var space = document.createElement("span");
      space.className = "pb-credit-space";
      space.textContent = "　";
      line.before(space);
    });
  }

  function ready() {
    foldTables();
    spaceCredits();
    watchCharts();
    followWidth();
    followLegends();
    sizeCells();
    addFilters();
    markScrolling();
    followFragment();
    document.addEventListener("click", onSave);
    document.addEventListener("toggle", markScrolling, true);
    window.addEventListener("resize", markScrolling);
    window.addEventListener("hashchange", followFragment);
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
