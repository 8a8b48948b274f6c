/* What a page of the book does in the browser: draws its charts, folds the tables under them, saves
 * pictures, shows the plans that readers choose, keeps wide tables reachable by keyboard. Works from file://
 * and asks no host for anything.
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
  var LONG_LIST = 12; // plans: a list of more is searched rather than read
  // Every book keeps its readers' choice under its own name: on file:// all books share one store.
  var SELF = (document.currentScript && document.currentScript.src) || window.location.href;
  var CHOICE_KEY = "planbook-plans " + new URL("..", SELF).pathname;
  var drawn = new Map(); // chart div -> Promise of its Vega view
  var columns = new Map(); // chart div -> columns of its legend as drawn
  var root = document.documentElement;
  root.classList.add("pb-js");

  /* ---- charts ---------------------------------------------------------------------------------- */

  function wholeSpec(chart) {
    return JSON.parse(chart.querySelector("script.pb-spec").textContent);
  }

  function readSpec(chart) {
    return keepChosen(wholeSpec(chart));
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

  /* A chart of plans that are not chosen has nothing to draw, or no place to be drawn in. */
  function shownCharts() {
    return allCharts().filter(function (chart) {
      return !chart.closest(".pb-unchosen");
    });
  }

  function drawAll() {
    return Promise.all(shownCharts().map(draw));
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
        drawn.forEach(function (_, chart) {
          if (!chart.clientWidth || legendColumns(readSpec(chart), chart.clientWidth) === columns.get(chart)) return;
          drawAgain(chart);
        });
      }, 200);
    });
  }

  /* Two changes may come before the first drawing is there: only the newest one is replaced. */
  function drawAgain(chart) {
    var promise = drawn.get(chart);
    if (!promise) return;
    promise.then(function (view) {
      if (!view || drawn.get(chart) !== promise) return;
      holdPlace(chart);
      view.finalize();
      chart.removeAttribute("data-pb-drawn");
      chart.querySelectorAll(".pb-canvas").forEach(function (canvas) {
        canvas.remove();
      });
      drawn.delete(chart);
      draw(chart);
    });
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

  /* A picture that leaves the page takes its caption and its source along, and says which plans it shows. */
  function specForFile(figure) {
    var spec = JSON.parse(withoutVariables(JSON.stringify(readSpec(figure.querySelector(".pb-chart")))));
    var caption = figure.querySelector("figcaption");
    var source = figure.querySelector(".pb-source");
    var partial = figure.querySelector(".pb-partial");
    spec.background = "#ffffff";
    spec.padding = 16;
    if (spec.width === "container") spec.width = SAVED_WIDTH;
    if (!spec.title && caption) {
      spec.title = {
        text: lines(caption.textContent.trim(), 48),
        subtitle: (partial ? [partial.textContent] : []).concat(source ? credits(source) : []),
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

  function fragment() {
    var words = window.location.hash.slice(1);
    try {
      return decodeURIComponent(words);
    } catch (error) {
      return words;
    }
  }

  /* A link into a figure must arrive there: everything is drawn first, since drawing moves the page. */
  function followFragment() {
    var id = fragment();
    var target = id && document.getElementById(id);
    if (!target) return;
    uncover(target);
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
    shownCharts().forEach(function (chart) {
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
        var shown = 0; // a row hidden by its plan counts as hidden
        rows.forEach(function (row, number) {
          var fits = selects.every(function (select) {
            return !select.value || words[number][Number(select.dataset.place)].indexOf(select.value) >= 0;
          });
          row.hidden = !fits;
          if (fits && !row.closest(".pb-unchosen")) shown += 1;
        });
        var sentence = WORDS.filtered || "";
        count.textContent =
          shown === rows.length ? "" : sentence.replace("{total}", rows.length).replace("{shown}", shown);
        markScrolling();
      }
      bar.addEventListener("change", apply);
      (list.closest(".pb-scroll") || list).before(bar);
      recounts.push(apply);
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

  /* ---- chosen plans -------------------------------------------------------------------------------- */

  /* Rows, lists and figures say to which plans they belong ("a b": to either, "a+b": to both together), the rows
   * of a chart's data in their field plan_ids. What says nothing belongs to all. */

  var choices = []; // the plans of the page: id, label, words to find it by
  var chosen = null; // ids of the plans that readers chose; null: all
  var control = null;
  var recounts = []; // of the filters above

  function isChosen(plans) {
    if (!chosen) return true;
    return plans.split(" ").some(function (together) {
      return together.split("+").every(function (id) {
        return chosen.indexOf(id) >= 0;
      });
    });
  }

  function hasPlans(row) {
    return typeof row.plan_ids === "string" && row.plan_ids !== "";
  }

  /* A chart whose height follows its rows says which field makes them, and which parameter counts them. */
  function keepChosen(spec) {
    if (!chosen || !spec.datasets) return spec;
    var marks = (spec.usermeta && spec.usermeta.planbook) || {};
    var before = countRows(spec, marks.rows);
    Object.keys(spec.datasets).forEach(function (name) {
      spec.datasets[name] = spec.datasets[name].filter(function (row) {
        return !hasPlans(row) || isChosen(row.plan_ids);
      });
    });
    var after = countRows(spec, marks.rows);
    if (before && typeof spec.height === "number") spec.height = (spec.height * after) / before;
    (spec.params || []).forEach(function (param) {
      if (param.name === marks.count) param.value = after;
    });
    return spec;
  }

  function countRows(spec, field) {
    var values = new Set();
    Object.keys(spec.datasets).forEach(function (name) {
      spec.datasets[name].forEach(function (row) {
        if (row[field] !== undefined) values.add(row[field]);
      });
    });
    return values.size;
  }

  var chartPlans = new Map(); // chart div -> the different plan_ids of its rows
  var drawnPlans = new Map(); // chart div -> those of them that it shows

  function plansOf(chart) {
    if (chartPlans.has(chart)) return chartPlans.get(chart);
    var plans = new Set();
    try {
      var datasets = wholeSpec(chart).datasets || {};
      Object.keys(datasets).forEach(function (name) {
        datasets[name].filter(hasPlans).forEach(function (row) {
          plans.add(row.plan_ids);
        });
      });
    } catch (error) {
      /* a chart that cannot be read says so when it is drawn */
    }
    chartPlans.set(chart, Array.from(plans));
    return chartPlans.get(chart);
  }

  function showCharts() {
    allCharts().forEach(function (chart) {
      var plans = plansOf(chart);
      var shown = plans.filter(isChosen);
      chart.classList.toggle("pb-unchosen", plans.length > 0 && !shown.length);
      if (!drawnPlans.has(chart)) drawnPlans.set(chart, plans.join());
      if (drawnPlans.get(chart) === shown.join() || !shown.length) return;
      drawnPlans.set(chart, shown.join());
      if (drawn.has(chart)) drawAgain(chart);
      else holdPlace(chart);
    });
  }

  function showChoice() {
    document.querySelectorAll("[data-pb-plans]").forEach(function (element) {
      element.classList.toggle("pb-unchosen", !isChosen(element.dataset.pbPlans));
    });
    showCharts();
    notePartial();
    recounts.forEach(function (recount) {
      recount();
    });
    markScrolling();
    if (control) control.show("");
  }

  function countPlans(sentence) {
    return (sentence || "").replace("{total}", choices.length).replace("{shown}", chosen.length);
  }

  /* Whoever arrives in the middle of the page must see that a table or figure is not all there. */
  function notePartial() {
    document.querySelectorAll(".pb-partial").forEach(function (note) {
      note.remove();
    });
    if (!chosen) return;
    var boxes = new Map(); // what the note stands for -> where it goes, and whether something is shown or hidden
    function see(box, place, plans) {
      if (!boxes.has(box)) boxes.set(box, { place: place, shown: false, hidden: false });
      plans.forEach(function (ids) {
        boxes.get(box)[isChosen(ids) ? "shown" : "hidden"] = true;
      });
    }
    document.querySelectorAll("[data-pb-plans]").forEach(function (element) {
      var box = element.parentElement.closest(".pb-figure") || element.parentElement.closest(".pb-scroll, ul, ol");
      see(box || element.parentElement, box || element, [element.dataset.pbPlans]);
    });
    document.querySelectorAll(".pb-figure .pb-chart").forEach(function (chart) {
      see(chart.closest(".pb-figure"), chart.closest(".pb-figure"), plansOf(chart));
    });
    boxes.forEach(function (found, box) {
      var before = found.place.previousElementSibling;
      var counted = before && before.matches(".pb-filters");
      if (found.hidden && !counted) addNote(box, found);
    });
  }

  function addNote(box, found) {
    var note = make("p", "pb-partial", found.shown ? countPlans(WORDS.somePlans) : WORDS.noPlan);
    var caption = box === found.place && box.querySelector(":scope > figcaption");
    if (caption) caption.after(note);
    else found.place.before(note);
  }

  /* What a link leads to is shown, even if its plan was not chosen. */
  function uncover(target) {
    var hidden = target.closest("[data-pb-plans].pb-unchosen");
    if (!hidden) return;
    takeChoice(chosen.concat(hidden.dataset.pbPlans.split(" ")[0].split("+")));
    keepChoice();
    showChoice();
  }

  function choose(ids) {
    takeChoice(ids);
    keepChoice();
    writeAddress();
    showChoice();
  }

  /* Ids that the page does not have are left out; returns whether any is left. */
  function takeChoice(ids) {
    var known = choices
      .map(function (choice) {
        return choice.id;
      })
      .filter(function (id) {
        return ids.indexOf(id) >= 0;
      });
    if (!known.length) return false;
    chosen = known.length < choices.length ? known : null;
    return true;
  }

  /* The address is what somebody sent, so it goes before what this reader chose some time ago. */
  function readChoice() {
    chosen = null;
    var asked = /^plans=(.+)$/.exec(fragment());
    if (asked && takeChoice(asked[1].split(","))) {
      keepChoice();
      return;
    }
    try {
      takeChoice((window.localStorage.getItem(CHOICE_KEY) || "").split(","));
    } catch (error) {
      /* a browser without a store forgets the choice */
    }
    if (!window.location.hash) writeAddress();
  }

  function keepChoice() {
    try {
      if (chosen) window.localStorage.setItem(CHOICE_KEY, chosen.join());
      else window.localStorage.removeItem(CHOICE_KEY);
    } catch (error) {
      /* a browser without a store forgets the choice */
    }
  }

  function writeAddress() {
    var bare = window.location.pathname + window.location.search;
    if (!chosen && !/^plans=/.test(fragment())) return;
    try {
      window.history.replaceState(window.history.state, "", chosen ? "#plans=" + chosen.join() : bare);
    } catch (error) {
      /* the choice is then not in the address */
    }
  }

  function followAddress() {
    if (choices.length && /^plans=/.test(fragment())) {
      readChoice();
      showChoice();
    }
  }

  /* A page that the browser kept as it was left does not know what was chosen on another one since. */
  function followBack(event) {
    if (!event.persisted || !choices.length) return;
    readChoice();
    showChoice();
  }

  function readChoices() {
    var data = document.querySelector(".pb-chooser > script.pb-choices");
    choices = data ? JSON.parse(data.textContent) : [];
    if (choices.length) readChoice();
  }

  function make(tag, className, words) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (words) element.textContent = words;
    return element;
  }

  function makeButton(words, onClick) {
    var button = make("button", "", words);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  }

  function addChooser() {
    if (!choices.length) return;
    var fold = make("details", "pb-data pb-fold");
    fold.append(make("summary", "", WORDS.choosePlans));
    var list = make("div", "pb-choices-list");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", WORDS.choosePlans || "");
    var items = choices.map(makeChoice);
    list.append.apply(list, items);
    var bar = make("div", "pb-choices-bar");
    if (choices.length > LONG_LIST) addSearch(bar, items);
    bar.append(
      makeButton(WORDS.allPlans, function () {
        choose(idsOf(items));
      })
    );
    fold.append(bar, list);
    var status = make("p", "pb-choices-status");
    status.setAttribute("role", "status");
    document.querySelector(".pb-chooser").append(fold, status);
    list.addEventListener("change", function () {
      var ids = idsOf(items, function (item) {
        return item.querySelector("input").checked;
      });
      if (ids.length) choose(ids);
      else control.show(WORDS.onePlan);
    });
    control = {
      show: function (remark) {
        items.forEach(function (item) {
          item.querySelector("input").checked = isChosen(item.dataset.id);
        });
        var sentences = [chosen ? countPlans(WORDS.chosenPlans) : "", remark].filter(Boolean);
        status.replaceChildren.apply(
          status,
          sentences.map(function (sentence) {
            return make("span", "", sentence);
          })
        );
      },
    };
    showChoice();
  }

  function idsOf(items, test) {
    return items.filter(test || Boolean).map(function (item) {
      return item.dataset.id;
    });
  }

  function makeChoice(choice) {
    var item = make("div", "pb-choice");
    item.dataset.id = choice.id;
    item.dataset.words = plainWords([choice.label, choice.words, choice.id].join(" "));
    var label = make("label");
    var box = make("input");
    box.type = "checkbox";
    box.autocomplete = "off"; // a browser that comes back to the page would restore what was ticked then
    label.append(box, make("span", "", choice.label));
    var only = makeButton(WORDS.onlyPlan, function () {
      choose([choice.id]);
    });
    only.setAttribute("aria-label", (WORDS.onlyThis || "").replace("{plan}", choice.label));
    item.append(label, only);
    return item;
  }

  function plainWords(words) {
    return words.normalize("NFKC").toLowerCase();
  }

  function addSearch(bar, items) {
    var label = make("label", "", WORDS.searchPlans);
    var field = make("input");
    field.type = "search";
    field.autocomplete = "off";
    label.append(field);
    var found = makeButton(WORDS.foundPlans, function () {
      choose(
        idsOf(items, function (item) {
          return !item.hidden;
        })
      );
    });
    field.addEventListener("input", function () {
      var words = plainWords(field.value).split(/\s+/);
      var left = items.filter(function (item) {
        item.hidden = !words.every(function (word) {
          return item.dataset.words.indexOf(word) >= 0;
        });
        return !item.hidden;
      });
      found.disabled = !left.length;
    });
    bar.append(label, found);
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
    readChoices();
    watchCharts();
    followWidth();
    followLegends();
    sizeCells();
    addFilters();
    addChooser();
    markScrolling();
    followFragment();
    document.addEventListener("click", onSave);
    document.addEventListener("toggle", markScrolling, true);
    window.addEventListener("resize", markScrolling);
    window.addEventListener("hashchange", followAddress);
    window.addEventListener("hashchange", followFragment);
    window.addEventListener("pageshow", followBack);
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
