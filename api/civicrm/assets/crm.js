/* Calls of the API from pages of this site: CRM.api3, CRM.api4, CRM.status, CRM.url.
 * Documentation: docs/dialects/civicrm.md, "In the browser". No dependencies. */
(function () {
  "use strict";

  const CRM = (window.CRM = window.CRM || {});
  const script = document.currentScript;
  // Where the site is: the address of this very script without its last two parts.
  const root = script
    ? new URL(script.src, window.location.href).pathname.replace(/\/civicrm\/crm\.js$/, "")
    : "";
  const SHOWN_FOR = 4000; // milliseconds

  CRM.url = function (path, query) {
    let address = root + "/" + String(path || "").replace(/^\/+/, "");
    const fields = typeof query === "string" ? query : query ? form(query).toString() : "";
    if (fields) address += (address.includes("?") ? "&" : "?") + fields;
    return address;
  };

  CRM.api3 = function (entity, action, params, status) {
    const isBatch = typeof entity !== "string";
    const fields = isBatch
      ? { entity: "api3", action: "call", json: JSON.stringify(entity) }
      : {
          entity: entity,
          action: String(action).toLowerCase(),
          json: JSON.stringify(params || {}),
        };
    const reads = isReading(fields.action) && !changes(params);
    const asked = send("civicrm/ajax/rest", fields, reads).then(function (answer) {
      if (!answer.ok && !(answer.body && answer.body.is_error)) throw failed(answer);
      return answer.body;
    });
    const shown = isBatch ? action : status;
    if (!shown) return chained(asked);
    return CRM.status(shown === true ? usual(fields.action) : shown, asked);
  };

  CRM.api4 = function (entity, action, params, index) {
    const isBatch = typeof entity !== "string";
    const path = "civicrm/ajax/api4" + (isBatch ? "" : "/" + entity + "/" + action);
    const fields = isBatch
      ? { calls: JSON.stringify(entity) }
      : { params: JSON.stringify(params || {}) };
    if (!isBatch && index !== undefined && index !== null) fields.index = JSON.stringify(index);
    return send(path, fields, !isBatch && isReading(action)).then(function (answer) {
      if (!answer.ok) throw answer.body || failed(answer);
      return isBatch ? mapped(answer.body) : records(answer.body);
    });
  };

  /* Show a text, or how a promise goes; `message` is a text, or {start, success, error}. */
  CRM.status = function (message, until) {
    if (until && typeof until.then === "function") {
      const words = typeof message === "string" ? { success: message } : message;
      return chained(tell(until, Object.assign({ success: "Saved" }, words)));
    }
    if (typeof message === "string") toast(message, until === "error");
    return chained(Promise.resolve());
  };

  function isReading(action) {
    return /^get/i.test(action);
  }

  /* Say whether a call has others chained to it that change something: those go by POST only. */
  function changes(params) {
    return Object.entries(params || {}).some(function ([name, inner]) {
      if (!/^api[._]/.test(name)) return false;
      const action = name.split(name[3])[2] || "get";
      return !isReading(action) || [].concat(inner).some((one) => isMap(one) && changes(one));
    });
  }

  function isMap(value) {
    return value !== null && typeof value === "object";
  }

  /* What is said of a call by the way. */
  function usual(action) {
    if (isReading(action)) return { start: "Loading…", success: null };
    return { success: action === "delete" ? "Removed" : "Saved" };
  }

  function form(fields) {
    return new URLSearchParams(fields);
  }

  function token() {
    const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function send(path, fields, reads) {
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
    const options = { method: reads ? "GET" : "POST", credentials: "same-origin", headers: headers };
    if (token()) headers["X-CSRFToken"] = token();
    if (!reads) options.body = form(fields);
    return fetch(CRM.url(path, reads ? fields : ""), options).then(function (response) {
      return response.text().then(function (text) {
        return { ok: response.ok, status: response.status, body: parsed(text), text: text };
      });
    });
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  function failed(answer) {
    const error = new Error("The server answered " + answer.status);
    error.status = answer.status;
    error.responseText = answer.text;
    return error;
  }

  function records(body) {
    const values = body.values;
    if (values === null || typeof values !== "object") return values;
    Object.keys(body).forEach(function (key) {
      if (key !== "values") {
        Object.defineProperty(values, key, { value: body[key], configurable: true });
      }
    });
    return values;
  }

  function mapped(bodies) {
    const found = Array.isArray(bodies) ? [] : {};
    Object.keys(bodies).forEach(function (key) {
      found[key] = bodies[key] && "values" in bodies[key] ? records(bodies[key]) : bodies[key];
    });
    return found;
  }

  /* A promise that also knows the words of jQuery. */
  function chained(promise) {
    promise.done = function (then) {
      promise.then(then, function () {});
      return promise;
    };
    promise.fail = function (then) {
      promise.then(function () {}, then);
      return promise;
    };
    promise.always = function (then) {
      promise.then(then, then);
      return promise;
    };
    return promise;
  }

  /* Say how a call goes, in words of {start, success, error}; null says nothing. */
  function tell(promise, words) {
    if (words.start !== null && words.start !== false) toast(words.start || "Saving…", false);
    return promise.then(
      function (result) {
        if (result && result.is_error) {
          toast(said(words.error, result) || result.error_message || "Error", true);
        } else {
          const text = said(words.success, result);
          if (text) toast(text, false);
          else hide();
        }
        return result;
      },
      function (error) {
        toast(said(words.error, error) || "The server could not be reached", true);
        throw error;
      }
    );
  }

  function said(words, result) {
    return typeof words === "function" ? words(result) : words;
  }

  let box = null;
  let timer = 0;

  function toast(text, isError) {
    if (!box) {
      box = document.createElement("div");
      box.setAttribute("role", "status");
      box.setAttribute("aria-live", "polite");
      box.className = "crm-status";
      // Set one by one: a strict policy for content forbids the attribute, not the properties.
      const look = {
        position: "fixed",
        insetBlockStart: "1rem",
        insetInlineEnd: "1rem",
        maxWidth: "24rem",
        padding: "0.75rem 1rem",
        borderRadius: "0.375rem",
        font: "1rem/1.4 system-ui, sans-serif",
        color: "#fff",
        zIndex: "100000",
      };
      Object.keys(look).forEach(function (name) {
        box.style[name] = look[name];
      });
      document.body.appendChild(box);
    }
    box.style.background = isError ? "#a3141c" : "#1f5c2f";
    box.classList.toggle("crm-error", isError);
    box.textContent = text;
    box.hidden = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(hide, SHOWN_FOR);
  }

  function hide() {
    if (box) box.hidden = true;
  }
})();
